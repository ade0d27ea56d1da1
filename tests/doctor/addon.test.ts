/** The doctor on addons that are missing, no addons, or made for another TensorFlow. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { ADDON, useCopy } from './project-copy';
import { brokenPart } from './run-doctor';

const REAL_ADDON = resolve(__dirname, '..', '..', ADDON);
const ADDON_ANEW = `rm -rf ${ADDON} && npm run setup`;

describe('the addon', () => {
  const copy = useCopy();
  const addon = () => join(copy.root, ADDON);

  test('one that is missing is compiled by set-up', () => {
    rmSync(addon());
    const { detail, cure } = brokenPart(copy.root, 'addon');
    assert.equal(detail, "TensorFlow's addon isn't compiled");
    assert.equal(cure, 'npm run setup');
  });

  test('a file that is no addon is named, and removed before set-up', () => {
    rmSync(addon());
    writeFileSync(addon(), 'garbage');
    const { detail, cure } = brokenPart(copy.root, 'addon-load');
    assert.match(detail, /tfjs_binding\.node: (file too short|invalid ELF header|slice is not valid)/);
    assert.equal(cure, ADDON_ANEW);
  });

  test('one that was cut short is named, and removed before set-up', () => {
    rmSync(addon());
    writeFileSync(addon(), readFileSync(REAL_ADDON).subarray(0, 20_000));
    const { detail, cure } = brokenPart(copy.root, 'addon-load');
    assert.match(detail, /tfjs_binding\.node|crashes/);
    assert.equal(cure, ADDON_ANEW);
  });

  test("one that crashes takes its own process with it, not the doctor's", () => {
    rmSync(addon());
    const source = join(copy.root, 'crash.cc');
    writeFileSync(source, '#include <cstdlib>\n__attribute__((constructor)) void crash() { std::abort(); }\n');
    execFileSync('g++', ['-shared', '-fPIC', source, '-o', addon()]);
    const { detail, cure } = brokenPart(copy.root, 'addon-load');
    assert.equal(detail, 'tfjs_binding.node: it crashes (SIGABRT)');
    assert.equal(cure, ADDON_ANEW);
  });

  test('the one that decodes photos is tried, too', () => {
    const file = join(dirname(ADDON), 'decode_jpeg.node');
    rmSync(join(copy.root, file));
    writeFileSync(join(copy.root, file), 'garbage');
    const { detail, cure } = brokenPart(copy.root, 'addon-load');
    assert.match(detail, /^decode_jpeg\.node: /);
    assert.equal(cure, `rm -rf ${file} && npm run setup`);
    assert.equal(brokenPart(copy.root, 'addon-link').detail, 'decode_jpeg.node names no TensorFlow');
  });

  test("one that was linked to a TensorFlow that isn't there any more is named with its folder", () => {
    const gone = relink(addon());
    const { detail, cure } = brokenPart(copy.root, 'addon-link');
    assert.equal(detail, `tfjs_binding.node needs ${gone}, which isn't there`);
    assert.equal(cure, ADDON_ANEW);
  });

  test("one whose TensorFlow isn't there any more doesn't load", () => {
    relink(addon());
    const { detail, cure } = brokenPart(copy.root, 'addon-load');
    assert.match(detail, /TensorFlow's library can't be loaded: libtensorflow_framework/);
    assert.equal(cure, ADDON_ANEW);
  });

  test('one whose source has changed since is compiled anew', () => {
    const source = join(copy.root, 'scripts', 'addon', 'load-tensorflow.cc');
    writeFileSync(source, `${readFileSync(source, 'utf8')}// changed\n`);
    const { detail, cure } = brokenPart(copy.root, 'addon');
    assert.match(detail, /compiled from other sources/);
    assert.equal(cure, 'npm run setup');
  });
});

/** Writes another folder of the same length into the addon; returns that folder. */
function relink(addon: string): string {
  const bytes = readFileSync(REAL_ADDON, 'latin1');
  const linked = /\/[^\0]*\/site-packages\/tensorflow(?=\0)/.exec(bytes)?.[0];
  if (linked === undefined) throw new Error('the addon names no TensorFlow');
  const gone = `/gone${linked.slice(5)}`;
  rmSync(addon);
  writeFileSync(addon, bytes.replace(linked, gone), 'latin1');
  return gone;
}
