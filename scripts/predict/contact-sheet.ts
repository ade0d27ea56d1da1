/** A page with small pictures and the answers: one HTML file that needs nothing else. */

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { files, InputError, photos } from 'celeba-lab';
import { escapeHtml } from 'celeba-lab/dist/show/escape-html';
import type { Answer } from './answers';
import { removeAtExit } from '../left-behind';
import { ROWS_STAY } from './breakdown';
import { percent } from '../percent';
import { answerWords, type AnsweredRow, type FaceRow } from './result-row';

const WIDTH_PX = 220;

const STYLE = `body{font:14px/1.4 system-ui,sans-serif;margin:24px;color:#222;background:#fff}
main{display:flex;flex-wrap:wrap;gap:20px}figure{margin:0;width:${WIDTH_PX}px}
.photo{position:relative;display:inline-block;line-height:0}.photo i{position:absolute;border:2px solid #0072b2;box-sizing:border-box}
.photo b{position:absolute;left:-2px;top:-2px;background:#0072b2;color:#fff;font:bold 12px/18px system-ui,sans-serif;padding:0 4px}
.face{display:flex;gap:8px;margin-top:6px}.face img{width:44px;height:auto}
figcaption{overflow-wrap:anywhere;font-weight:600}.note{color:#555;font-size:12px}.error{color:#b3400e}.meaning{max-width:70ch}`;

/** A page that grows photo by photo, and is put in place when it is whole. */
export class ContactSheet {
  private constructor(
    private readonly file: string,
    private readonly aside: string,
    private readonly handle: FileHandle,
    private readonly forget: () => void,
  ) {}

  /**
   * Begins a page.
   * @param file    absolute path
   * @param meaning what a label means: stands above the answers
   */
  static async open(file: string, meaning: string): Promise<ContactSheet> {
    await files.makeFolder(dirname(file));
    const aside = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
    const forget = removeAtExit(() => rmSync(aside, { force: true }));
    const sheet = new ContactSheet(file, aside, await open(aside, 'w'), forget);
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Predictions</title>`;
    await sheet.write(
      `<!doctype html>\n<html lang="en"><head>${head}<style>${STYLE}</style></head>\n<body><h1>Predictions</h1>\n<p class="meaning">${escapeHtml(meaning)}</p>\n<main>\n`,
    );
    return sheet;
  }

  /**
   * Adds a photo with its answers.
   * @throws SystemFault where the disk is full
   */
  async add({ photo, row, aligned }: Answer): Promise<void> {
    const caption = `<figcaption><bdi>${escapeHtml(photo.shown)}</bdi></figcaption>`;
    const body =
      row.error !== undefined
        ? `<p class="error"><bdi>${escapeHtml(row.error)}</bdi></p>`
        : `${await picture(photo.file, row.faces)}${caption}${
            row.faces.length > 0
              ? row.faces.map((face, i) => faceLine(face, i + 1, aligned[i])).join('')
              : wholeLine(row)
          }${row.note !== undefined && row.label !== null ? `<div class="note">${escapeHtml(row.note)}</div>` : ''}`;
    await this.write(`<figure>${row.error !== undefined ? caption : ''}${body}</figure>\n`);
  }

  /**
   * Puts the page in place.
   * @param closing a last sentence; may be empty
   */
  async close(closing: string): Promise<void> {
    await this.write(`</main>\n<p class="note">${escapeHtml(closing)}</p>\n</body></html>\n`);
    await this.handle.close();
    await rename(this.aside, this.file);
    this.forget();
  }

  /** Throws the page away. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.aside, { force: true });
    this.forget();
  }

  private async write(text: string): Promise<void> {
    await this.handle.appendFile(text).catch((error: unknown) => {
      const words = { where: this.file, needed: 'the page', kept: ROWS_STAY, inOutputs: false };
      throw files.explainNoRoom(error, words);
    });
  }
}

/** Empty where the photo was removed or changed since it was answered: its answer stands nevertheless. */
async function picture(file: string, faces: readonly FaceRow[]): Promise<string> {
  const thumbnail = await photos.thumbnail(file, WIDTH_PX).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  if (thumbnail === undefined) return '';
  const { jpeg, width, height, photoWidth } = thumbnail;
  const scale = width / photoWidth;
  const boxes = faces.map(({ box, landmarks }, i) => {
    if (landmarks.length === 0) return '';
    const scaled = box.map((value) => Math.round(value * scale));
    // A box may reach beyond the photo, and would cover its neighbours.
    const [left, top] = [Math.max(0, scaled[0]), Math.max(0, scaled[1])];
    const [right, bottom] = [Math.min(width, scaled[0] + scaled[2]), Math.min(height, scaled[1] + scaled[3])];
    return `<i style="left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px"><b>${i + 1}</b></i>`;
  });
  return `<div class="photo"><img alt="" width="${width}" height="${height}" src="${jpegAddress(jpeg)}">${boxes.join('')}</div>`;
}

function faceLine(face: FaceRow, number: number, aligned: Uint8Array | undefined): string {
  const image = aligned === undefined ? '' : `<img alt="" src="${jpegAddress(aligned)}">`;
  return `<div class="face">${image}<div>${number}: ${answerLine(face)}</div></div>`;
}

/** A photo without faces: the answer of a model of whole photos, or that no face was found. */
function wholeLine(row: AnsweredRow): string {
  return `<div class="face"><div>${answerLine(row)}</div></div>`;
}

/** A percentage beside "can't tell" would read as how sure that is; where no face was found, the words are the reason. */
function answerLine(answer: Pick<AnsweredRow, 'label' | 'abstained' | 'probability' | 'reason'>): string {
  const { abstained, probability, reason } = answer;
  const words = answerWords(answer);
  const share = abstained ? '' : ` (${percent(probability ?? 0)})`;
  const why = reason === undefined || reason === words ? '' : `<div class="note">${escapeHtml(reason)}</div>`;
  return `${escapeHtml(words)}${share}${why}`;
}

function jpegAddress(bytes: Uint8Array): string {
  return `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
}
