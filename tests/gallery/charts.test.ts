/** Every example chart against its stored picture; UPDATE_GALLERY=1 draws them anew, expected/index.html shows them all. */

import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { compile } from 'vega-lite';
import { EXAMPLES } from './examples';

const EXPECTED = join(__dirname, 'expected');
const UPDATE = process.env.UPDATE_GALLERY === '1';

before(() => {
  if (!UPDATE) return;
  mkdirSync(EXPECTED, { recursive: true });
  const pictures = Object.keys(EXAMPLES).map((name) => `<h2>${name}</h2>\n<img src="${name}.svg" alt="${name}">`);
  writeFileSync(join(EXPECTED, 'index.html'), `<!doctype html>\n<title>All charts</title>\n${pictures.join('\n')}\n`);
});

for (const [name, make] of Object.entries(EXAMPLES)) {
  test(`${name} looks as its stored picture`, async () => {
    const file = join(EXPECTED, `${name}.svg`);
    const svg = `${await plots.specToSvg(make())}\n`;
    if (UPDATE) writeFileSync(file, svg);
    assert.ok(
      existsSync(file),
      `${name}.svg is missing: run this test with UPDATE_GALLERY=1, then look at the picture`,
    );
    assert.ok(svg === readFileSync(file, 'utf8'), `${name} changed: run this test with UPDATE_GALLERY=1, then compare`);
  });

  test(`${name} compiles without a warning of Vega-Lite`, () => {
    const warnings: unknown[] = [];
    const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger };
    function keep(...text: unknown[]): typeof logger {
      warnings.push(text.join(' '));
      return logger;
    }
    compile(make() as never, { logger: logger as never });
    assert.deepEqual(warnings, []);
  });

  test(`${name} has a title and a line below it, and is below 60 KB as PNG`, async () => {
    const { title } = make() as { title: { text: string; subtitle: string } };
    const png = await plots.specToPng(make());
    assert.ok(title.text.length > 0 && title.subtitle.length > 0);
    assert.ok(png.length < 60_000, `${png.length} bytes`);
  });
}
