/** Shows set-up's steps on stderr: in place on a terminal, a line for each that is under way; as plain lines elsewhere. */

const REDRAW_MS = 100;
// Elsewhere than on a terminal a step's detail is a new line, so it comes seldom.
const LINE_EVERY_MS = 10_000;

/**
 * @param stream where to; default stderr, so that a command's own output stays clean
 * @param now    clock in ms; default the real one
 * @returns      {begin(title, index, count) -> {detail(text), done(), failed(how)}, say(line)}
 */
export function createProgress(stream = process.stderr, now = Date.now) {
  const block = stream.isTTY ? createBlock(stream, now) : undefined;
  return {
    begin(title, index, count) {
      const step = { title: `[${index}/${count}] ${title}`, started: now(), detail: '', told: now() };
      const end = (outcome) => {
        const line = `${step.title}: ${outcome} ${seconds(now() - step.started)}\n`;
        if (block) block.remove(step, line);
        else stream.write(line);
      };
      if (block) block.add(step);
      else stream.write(`${step.title} ...\n`);
      return {
        detail(text) {
          step.detail = text;
          if (block || now() - step.told < LINE_EVERY_MS) return;
          step.told = now();
          stream.write(`${lineOf(step, now)}\n`);
        },
        done: () => end('done in'),
        failed: (how = 'failed') => end(`${how} after`),
      };
    },
    say: (line) => stream.write(`${line}\n`),
  };
}

/** The last lines on a terminal, one for each step under way; what has ended is written above them. */
function createBlock(stream, now) {
  const steps = new Set();
  let drawn = 0;
  let timer;
  const draw = (above = '') => {
    const up = drawn > 1 ? `\x1b[${drawn - 1}A` : '';
    const lines = [...steps].map((step) => fit(lineOf(step, now), stream));
    stream.write(`${drawn > 0 ? `${up}\r\x1b[J` : ''}${above}${lines.join('\n')}`);
    drawn = lines.length;
  };
  return {
    add(step) {
      steps.add(step);
      draw();
      timer ??= setInterval(() => draw(), REDRAW_MS);
    },
    remove(step, line) {
      steps.delete(step);
      if (steps.size === 0) timer = clearInterval(timer);
      draw(line);
    },
  };
}

function lineOf({ title, started, detail }, now) {
  return `${title}  ${clock(now() - started)}  ${detail}`;
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
  return line.slice(0, Math.max(20, (stream.columns || 80) - 1));
}
