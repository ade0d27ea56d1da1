/**
 * Loaded before the notebook kernel. tslab doesn't wait for one message to be sent before it sends the next, and by default zeromq
 * refuses the next where it can't send the one before at once, such as after 512 of them: printed lines were lost, and with
 * them the reason of an error or the message that a cell has ended. Here it never lets one wait.
 */

const { createRequire } = require('node:module');

const zeromq = createRequire(require.resolve('tslab/package.json'))('zeromq');

class PatientPublisher extends zeromq.Publisher {
  constructor(options) {
    super({ ...options, sendTimeout: 0, sendHighWaterMark: 0 });
  }
}

Object.defineProperty(zeromq, 'Publisher', { value: PatientPublisher, enumerable: true });
