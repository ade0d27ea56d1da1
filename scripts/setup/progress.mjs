/** Shows set-up's steps on stderr: in place on a terminal, as plain lines elsewhere. */

const REDRAW_MS = 100;
// Elsewhere than on a terminal a step's detail is a new line, so it comes seldom.
const LINE_EVERY_MS = 10_000;

/**
 * @param stream where to; default stderr, so that a command's own output stays clean
 * @param now    clock in ms; default the real one
 * @returns      {begin(title, index, count), detail(text), done(), failed(), say(line)}
 */
export function createProgress(stream = process.stderr, now = Date.now) {
  const state = { title: '', started: 0, detail: '', told: 0, timer: undefined };
  const draw = () =>
    stream.write(`\r${fit(`${state.title}  ${clock(now() - state.started)}  ${state.detail}`, stream)}\x1b[K`);
  const end = (outcome) => {
    clearInterval(state.timer);
    stream.write(`${stream.isTTY ? '\r' : ''}${state.title}: ${outcome}${stream.isTTY ? '\x1b[K' : ''}\n`);
  };
  return {
    begin(title, index, count) {
      Object.assign(state, { title: `[${index}/${count}] ${title}`, started: now(), detail: '', told: now() });
      if (stream.isTTY) state.timer = setInterval(draw, REDRAW_MS);
      else stream.write(`${state.title} ...\n`);
    },
    detail(text) {
      state.detail = text;
      if (stream.isTTY || now() - state.told < LINE_EVERY_MS) return;
      state.told = now();
      stream.write(`${state.title}  ${clock(now() - state.started)}  ${text}\n`);
    },
    done: () => end(`done in ${seconds(now() - state.started)}`),
    failed: (how = 'failed') => end(`${how} after ${seconds(now() - state.started)}`),
    say: (line) => stream.write(`${line}\n`),
  };
}

function clock(ms) {
  const whole = Math.floor(ms / 1000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function seconds(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

// A line longer than the terminal is wide would wrap, and couldn't be drawn over.
function fit(line, stream) {
  return line.slice(0, Math.max(20, (stream.columns ?? 80) - 1));
}
