import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { project } from 'celeba-lab';
import sharp from 'sharp';
import { celebaFrame } from '../faces/celeba-frame';
import { saveTinyModel } from './predict/save-tiny-model';
import { runCommand, type CommandResult } from './run-command';

const PORTRAITS = project.projectPath('..', 'shared', 'portraits-dev');
const skip = existsSync(PORTRAITS) ? false : 'needs ../shared/portraits-dev';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-faces-'));
});
after(() => rm(folder, { recursive: true }));

interface Row {
  file: string;
  label: string | null;
  note?: string;
  reason?: string;
  faces: { box: number[]; landmarks: number[][]; label: string; abstained: boolean; aligned: string }[];
}

test(
  'predict finds the faces of a photo, answers each, keeps and shows them; no face gets no label',
  { skip },
  async () => {
    await saveTinyModel(join(folder, 'saved'), { frame: celebaFrame({ offsetPx: 3, scale: 1.05 }) });
    const album = join(folder, 'album');
    await mkdir(album);
    await copyFile(join(PORTRAITS, 'female', '0.jpg'), join(album, 'one.jpg'));
    const portraits = ['male/1.jpg', 'female/2.jpg'].map((name) => sharp(join(PORTRAITS, name)).resize(512, 512));
    const pictures = await Promise.all(portraits.map((portrait) => portrait.png().toBuffer()));
    const pair = pictures.map((input, i) => ({ input, left: 512 * i, top: 0 }));
    const canvas = sharp({ create: { width: 1024, height: 512, channels: 3, background: '#888' } });
    await canvas.composite(pair).jpeg().toFile(join(album, 'two.jpg'));
    await sharp({ create: { width: 300, height: 300, channels: 3, background: '#888' } })
      .jpeg()
      .toFile(join(album, 'wall.jpg'));
    const args = ['--model', 'saved', '--json', '--aligned', 'faces', '--sheet', 'sheet.html', 'album'];
    const { code, stdout, stderr } = await runCommand('predict.ts', args, { INIT_CWD: folder });
    assert.equal(code, 0, stderr);
    const [one, two, wall] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    assert.deepEqual([one.faces.length, two.faces.length, wall.faces.length], [1, 2, 0]);
    assert.deepEqual([wall.label, wall.reason, wall.note], [null, 'no face found', undefined]);
    assert.equal(one.label, one.faces[0].label);
    assert.deepEqual([one.faces[0].box.length, one.faces[0].landmarks.length], [4, 5]);
    assert.equal(two.faces[1].aligned, 'faces/album/two.jpg.face2.jpg');
    const { width, height } = await sharp(join(folder, two.faces[1].aligned)).metadata();
    assert.deepEqual([width, height], [178, 218]);
    const page = await readFile(join(folder, 'sheet.html'), 'utf8');
    assert.equal(page.match(/<i style="left:/g)?.length, 3);
    assert.equal(page.match(/src="data:image/g)?.length, 6);
  },
);

test('predict --aligned says how many faces of an earlier run of --out it has not kept', { skip }, async () => {
  await saveTinyModel(join(folder, 'again'), { frame: celebaFrame() });
  const portraits = ['0.jpg', '1.jpg'].map((name, i) => join(PORTRAITS, ['female', 'male'][i], name));
  const predict = (...args: string[]): Promise<CommandResult> =>
    runCommand('predict.ts', ['--model', 'again', '--out', 'again.csv', ...args], { INIT_CWD: folder });
  await predict(portraits[0]);
  const added = await predict('--aligned', 'kept', ...portraits);
  assert.match(added.stderr, /^--aligned: .*; 1 of the photos that were answered earlier have none in \S+\/kept\. /m);
  assert.doesNotMatch((await predict('--aligned', 'kept', portraits[1])).stderr, /--aligned/);
});
