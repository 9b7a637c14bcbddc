/**
 * Makes an element. Text goes in as text, never as markup; `on` holds listeners, other properties become attributes
 * (`true` = present, `null`, `undefined` and `false` = left out).
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === 'value') element.value = value;
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/** Replaces what is inside an element. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

const nodes = (children) =>
  children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

export const byId = (id) => document.getElementById(id);

let counter = 0;
/** An id that is unique on the page, for labels and descriptions. */
export const freshId = (stem) => `${stem}-${++counter}`;

/** A field with its label above it. */
export function labelled(text, control, hint) {
  if (!control.id) control.id = freshId('field');
  const note = hint ? h('span', { class: 'hint', id: freshId('hint') }, hint) : null;
  if (note) control.setAttribute('aria-describedby', note.id);
  return h('div', { class: 'field' }, h('label', { for: control.id }, text), control, note);
}

/** Says something to screen readers without moving the focus. */
export function announce(text) {
  byId('live').textContent = text;
}

/** Copies a text; says whether it worked on the button that asked. */
export function copyButton(word, text) {
  const button = h('button', { type: 'button', class: 'plain' }, word);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = '已复制';
    } catch {
      button.textContent = '浏览器不允许复制,请手工选取';
    }
    announce(button.textContent);
    setTimeout(() => (button.textContent = word), 2500);
  });
  return button;
}

/** On a narrow screen answers stand below the form: shows where they come. */
export function intoView(element) {
  if (element.getBoundingClientRect().top > window.innerHeight * 0.6 || element.getBoundingClientRect().top < 0)
    element.scrollIntoView({ block: 'start' });
}
