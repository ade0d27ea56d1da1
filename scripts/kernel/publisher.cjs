/**
 * Loaded before the notebook kernel: mends two things in what tslab publishes.
 *
 * - It doesn't wait for one message to be sent before it sends the next, and by default zeromq refuses the next where it can't
 *   send the one before at once, such as after 512 of them: printed lines were lost, and with them the reason of an error or the
 *   message that a cell has ended. Here it never lets one wait.
 * - It says "busy" and "idle" of each request as that comes in. With more cells waiting, the end of one was the last word while
 *   the next one ran, and JupyterLab showed a kernel that trains as idle. Here what is said of other requests waits until the
 *   running cell has ended.
 */

const { createRequire } = require('node:module');

const zeromq = createRequire(require.resolve('tslab/package.json'))('zeromq');

const DELIMITER = '<IDS|MSG>';

class Publisher extends zeromq.Publisher {
  /** The execute_request whose cell runs, by its id. */
  #running;
  #waiting = [];

  constructor(options) {
    super({ ...options, sendTimeout: 0, sendHighWaterMark: 0 });
  }

  send(frames) {
    const status = statusOf(frames);
    if (status !== undefined && this.#running !== undefined && status.request !== this.#running) {
      this.#waiting.push(frames);
      return Promise.resolve();
    }
    if (status?.ofCell) this.#running = status.state === 'busy' ? status.request : undefined;
    const sent = super.send(frames);
    if (this.#running !== undefined) return sent;
    const next = this.#waiting.shift();
    return next === undefined ? sent : Promise.all([sent, this.send(next)]).then(() => undefined);
  }
}

/** What a message says of a request; undefined of a message that is no status. */
function statusOf(frames) {
  const start = frames.findIndex((frame) => String(frame) === DELIMITER) + 2;
  const [header, parent, , content] = frames.slice(start);
  if (JSON.parse(header).msg_type !== 'status') return undefined;
  const { msg_id: request, msg_type: type } = JSON.parse(parent);
  return { request, ofCell: type === 'execute_request', state: JSON.parse(content).execution_state };
}

Object.defineProperty(zeromq, 'Publisher', { value: Publisher, enumerable: true });
