import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { policy } from '../../governance/policy/index.js';
import { ENTITIES } from '../../standard/index.js';
import { consoleFiles } from './console.module.js';
import { consoleFacts } from './facts.js';

const files = consoleFiles(policy());
const texts = [...files].map(([path, { body }]) => [path, body.toString('utf8')] as const);

describe('the files of the console', () => {
  it('are all there, under short paths', () => {
    const paths = [...files.keys()];
    expect(paths).toEqual(
      expect.arrayContaining(['/', '/console/main.js', '/console/facts.json', '/console/icon.svg']),
    );
    for (const path of paths) expect(path).toMatch(/^\/(console\/[a-z/-]+\.(js|css|svg|json))?$/);
  });

  it('name no other machine', () => {
    // The name of the SVG namespace is no address: nothing is ever loaded from it.
    const foreign = texts.flatMap(([path, text]) =>
      [
        ...text.replaceAll('http://www.w3.org/2000/svg', '').matchAll(/\b(?:https?|wss?):\/\/|["'(]\/\/\w|@import/g),
      ].map(([found]) => `${path}: ${found}`),
    );
    expect(foreign).toEqual([]);
  });

  it('hold nothing that the content policy would have to allow', () => {
    const html = files.get('/')!.body.toString('utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
    for (const [path, text] of texts.filter(([name]) => name.endsWith('.js')))
      expect([path, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.exec(text)]).toEqual(
        [path, null],
      );
  });

  it('import only each other', () => {
    for (const [path, text] of texts.filter(([name]) => name.endsWith('.js')))
      for (const [, target] of text.matchAll(/from '([^']+)'/g)) {
        const resolved = new URL(target!, `http://host${path}`).pathname;
        expect([path, target, files.has(resolved)]).toEqual([path, target, true]);
      }
  });

  it('keep nothing in the browser and put nothing in an address', () => {
    for (const [path, text] of texts.filter(([name]) => name.endsWith('.js')))
      expect([
        path,
        /localStorage|sessionStorage|document\.cookie|indexedDB|pushState|URLSearchParams/.exec(text),
      ]).toEqual([path, null]);
  });

  it('stay under 300 lines each', () => {
    const web = new URL('./web', import.meta.url).pathname;
    for (const entry of readdirSync(web, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || extname(entry.name) !== '.js') continue;
      const lines = readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').length;
      expect([entry.name, lines < 300]).toEqual([entry.name, true]);
    }
  });
});

describe('the facts for the page', () => {
  const facts = consoleFacts(policy());

  it('hold the purposes with their legal basis, and who may ask what', () => {
    expect(facts.purposes.map(({ code }) => code)).toEqual(policy().purposes.map(({ code }) => code));
    for (const { title, basis } of facts.purposes) expect([title, basis]).not.toContain('');
    expect(facts.rootFields['Query.residents']).toEqual({ roles: ['department'], personal: true });
  });

  it('title every served field and name every code', () => {
    for (const [name, { fields }] of Object.entries(facts.entities)) {
      const served = ENTITIES[name as keyof typeof ENTITIES].fields.filter((field) => !field.internal);
      expect(fields.map((field) => field.name)).toEqual(served.map((field) => field.name));
      for (const { title, codes } of fields) {
        expect(title).not.toBe('');
        if (codes) expect(Object.keys(facts.codes[codes] ?? {}).length).toBeGreaterThan(0);
      }
    }
    expect(facts.codes['sex']).toMatchObject({ 1: '男', 2: '女' });
  });
});
