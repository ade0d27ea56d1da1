import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from '../../../scripts/start/failure';

// As tslab 1.0.22 writes an uncaught error to stderr.
const INPUT_ERROR = `a warning
evalmachine.<anonymous>:5
function f() { throw new celeba_lab_1.InputError({ where: 'BATCH', found: 'x' }); }
               ^

InputError: BATCH: found x
y, expected z. Do it.
    at f (evalmachine.<anonymous>:5:22)
    at sigintHandlersWrap (node:vm:280:12)
    at async ZmqServer.handleExecute (/project/node_modules/tslab/dist/jupyter.js:406:25) {
  where: 'BATCH',
  found: 'x\\ny'
}
`;

const OTHER_ERROR = `evalmachine.<anonymous>:3
Error: no more
    at f (evalmachine.<anonymous>:5:22)
    at sigintHandlersWrap (node:vm:280:12)
    at async ZmqServer.handleExecute (/project/node_modules/tslab/dist/jupyter.js:406:25)
`;

test('explainFailure keeps only the sentence of an InputError, all its lines', () => {
  assert.equal(explainFailure(INPUT_ERROR), 'BATCH: found x\ny, expected z. Do it.');
  assert.equal(explainFailure('InputError: BATCH: found x.\n'), 'BATCH: found x.');
});

test('explainFailure keeps the frames of an other error that are of the notebook itself', () => {
  const own = 'evalmachine.<anonymous>:3\nError: no more\n    at f (evalmachine.<anonymous>:5:22)';
  assert.equal(explainFailure(OTHER_ERROR), own);
});

test('explainFailure shows a type error without its colors', () => {
  assert.equal(explainFailure('\u001b[31m1:7 - Type error\u001b[0m\n'), '1:7 - Type error');
});

test('explainFailure shows the last 30 lines, and says so where there is none', () => {
  const lines = Array.from({ length: 100 }, (_, i) => `line ${i}`);
  assert.equal(explainFailure(lines.join('\n')), lines.slice(70).join('\n'));
  assert.equal(explainFailure(''), 'The kernel gave no reason.');
});
