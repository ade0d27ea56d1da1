/** The frame that is measured, on faces laid where CelebA lays them. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { type dataset, faces, photos } from 'celeba-lab';

const PORTRAITS = resolve(__dirname, '../../../shared/portraits-dev/female');
const skip = existsSync(PORTRAITS) ? false : `no portraits at ${PORTRAITS}`;
const folder = mkdtempSync(join(tmpdir(), 'frame-'));
after(() => rmSync(folder, { recursive: true }));

// Mean places of eyes, nose and mouth corners in CelebA's aligned photos, as published with them.
const CELEBA: faces.FivePoints = [
  [69, 111],
  [108, 111],
  [88, 136],
  [72, 152],
  [105, 152],
];

test(
  'the frame of photos aligned as CelebA aligns them lies within 3 pixels of the published places',
  { skip },
  async () => {
    const finder = await faces.loadFaceFinder();
    const aligned: dataset.Photo[] = [];
    for (const name of readdirSync(PORTRAITS).sort().slice(0, 12)) {
      const photo = await photos.decodePhoto(join(PORTRAITS, name));
      const [face] = await finder.find(photo);
      const file = join(folder, name);
      const picture = faces.alignFace(photo, face.points, { width: 178, height: 218, points: CELEBA });
      writeFileSync(file, await photos.encodeJpeg(picture));
      aligned.push({ file, name, label: 0, part: 'train' });
    }
    const frame = await faces.measureFrame(finder, aligned, { photoCount: 12, cacheFolder: join(folder, 'cache') });
    assert.ok(frame && frame.faceCount >= 10);
    frame.points.forEach(([x, y], i) => {
      const distance = Math.hypot(x - CELEBA[i][0], y - CELEBA[i][1]);
      assert.ok(distance < 3, `point ${i}: ${x.toFixed(1)} ${y.toFixed(1)}`);
    });
  },
);
