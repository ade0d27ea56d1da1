import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWebPage } from 'celeba-lab/dist/files/web-page';

for (const page of [
  '<!DOCTYPE html><title>Quota</title>',
  '\uFEFF\n <HTML lang="en">',
  '<?xml version="1.0"?>\n<html>',
])
  test(`isWebPage knows ${JSON.stringify(page)}`, () => assert.ok(isWebPage(Buffer.from(page))));

for (const other of [
  '2\nMale\n<html>',
  'PK\x03\x04<html>',
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '<htmlish',
  '',
])
  test(`isWebPage takes ${JSON.stringify(other)} for something else`, () => assert.ok(!isWebPage(Buffer.from(other))));
