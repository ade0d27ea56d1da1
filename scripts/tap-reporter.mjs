/** TAP as node's test runner prints it, with the names of the tests that failed once more above its closing counts. */

import { tap } from 'node:test/reporters';

/** @param events what node's test runner reports, in its order */
// Node takes a reporter from a module's default export.
// eslint-disable-next-line no-restricted-syntax
export default async function* reportTap(events) {
  yield* tap(withFailuresNamed(events));
}

async function* withFailuresNamed(events) {
  const failed = [];
  let counting = false;
  for await (const event of events) {
    const { type, data } = event;
    // A suite fails with what is in it, and its own line would say the same again; a todo fails nothing.
    if (type === 'test:fail' && data.details.type !== 'suite' && data.todo === undefined)
      failed.push(`failed: ${data.name} (${data.file})`);
    // The counts, of which this is the first, come after all tests; a log of thousands may be cut above them.
    if (!counting && type === 'test:diagnostic' && data.nesting === 0 && data.message.startsWith('tests ')) {
      counting = true;
      for (const message of failed) yield { type: 'test:diagnostic', data: { nesting: 0, message } };
    }
    yield event;
  }
}
