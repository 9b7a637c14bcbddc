import { byId, freshId, h } from './dom.js';
import { lockIcon } from './icon.js';

let shownFor = null;
let hiding = 0;

/** One bubble for the whole page: it stays while the pointer is on it, Escape closes it. */
export function startTips() {
  const tip = byId('tip');
  tip.addEventListener('mouseenter', () => clearTimeout(hiding));
  tip.addEventListener('mouseleave', hideSoon);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  document.addEventListener('scroll', follow, { passive: true, capture: true });
  window.addEventListener('resize', hide);
  document.addEventListener('click', (event) => !event.target.closest('.lock, .tip') && hide());
}

/**
 * A button that shows why a value is as it is, on hover, focus and touch; screen readers get the reason with it.
 * Without a mark of its own it carries a padlock; `name` is what it is called where no word stands on it.
 */
export function lockButton(word, reason, { mark = null, tone = '', name = word } = {}) {
  const id = freshId('why');
  const button = h(
    'button',
    { type: 'button', class: `lock ${tone}`, 'aria-label': name, 'aria-describedby': id },
    mark ? h('span', { 'aria-hidden': 'true' }, mark) : lockIcon(),
    word ? ` ${word}` : null,
    h('span', { id, class: 'visually-hidden' }, reason),
  );
  const show = () => showAt(button, reason);
  button.addEventListener('mouseenter', show);
  button.addEventListener('mouseleave', hideSoon);
  button.addEventListener('focus', show);
  button.addEventListener('blur', hideSoon);
  button.addEventListener('click', show);
  return button;
}

function showAt(button, text) {
  clearTimeout(hiding);
  const tip = byId('tip');
  shownFor = button;
  tip.textContent = text;
  tip.hidden = false;
  place(button);
}

function place(button) {
  const tip = byId('tip');
  const at = button.getBoundingClientRect();
  const width = Math.min(340, document.documentElement.clientWidth - 16);
  tip.style.width = `${width}px`;
  tip.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
  const below = at.bottom + 8 + tip.offsetHeight < window.innerHeight;
  tip.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - tip.offsetHeight - 6)}px`;
}

/** Focus by keyboard scrolls the page: the bubble goes along. */
function follow() {
  if (shownFor) place(shownFor);
}

function hideSoon() {
  clearTimeout(hiding);
  hiding = setTimeout(hide, 150);
}

function hide() {
  if (!shownFor) return;
  shownFor = null;
  byId('tip').hidden = true;
}
