/** The way into the notebook: the only file that knows the kernel, tslab. */

import { randomBytes } from 'node:crypto';

/** One output in several forms; the reader's program takes the best that it can show. */
export interface Bundle {
  /** By MIME type: text, base64 of a picture, or a JSON object. `text/plain` is for everything that shows nothing else. */
  data: { 'text/plain': string; [mimeType: string]: unknown };
  /** By MIME type, such as the size a picture is meant to have. */
  metadata?: Record<string, unknown>;
}

/** Sends a bundle into the cell that was running when the output was opened. */
export interface Output {
  /** Shows a bundle; each further call puts its bundle in the place of the one before. */
  show(bundle: Bundle): void;
}

type WriteDisplayData = (
  message: { data: unknown; metadata: unknown; transient: { display_id?: string } },
  update?: boolean,
) => void;

/**
 * Opens an output in the running cell.
 * Outside a notebook there is none: bundles are then written to stdout as plain text.
 */
export function openOutput(): Output {
  // Taken now: another cell may be running by the time that a chart is drawn.
  const opener = kernelWriter();
  const displayId = randomBytes(8).toString('hex');
  let shown = false;
  return {
    show({ data, metadata = {} }: Bundle): void {
      // An update finds its output by the id alone, and Jupyter's clients heed only messages of the cell that is running.
      const write = shown ? kernelWriter() : opener;
      if (write) write({ data, metadata, transient: { display_id: displayId } }, shown);
      else process.stdout.write(`${data['text/plain']}\n`);
      shown = true;
    },
  };
}

/**
 * Shows one bundle in the running cell.
 */
export function showBundle(bundle: Bundle): void {
  openOutput().show(bundle);
}

// tslab's own `display` sends one MIME type a message, a bundle needs the function below it. It isn't loaded here:
// where the kernel runs it is loaded already, and elsewhere it would only bring a second TypeScript into memory.
function kernelWriter(): WriteDisplayData | undefined {
  const kernel = require.cache[require.resolve('tslab/dist/jupyter')]?.exports as
    { lastWriteDisplayData: WriteDisplayData | null } | undefined;
  return kernel?.lastWriteDisplayData ?? undefined;
}
