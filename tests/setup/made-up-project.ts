/** A small project in a temporary folder with set-up's own scripts, and stand-ins for Python, npm and the compiler on PATH. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

// The stand-ins are shell scripts, which need these; no other command of the machine is on PATH.
const COMMANDS = ['sh', 'touch', 'mkdir', 'cp', 'cat', 'sleep', 'dirname', 'rm', 'ps'];
const COMMAND_FOLDERS = ['/bin', '/usr/bin'];

const FILES: Record<string, string> = {
  'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/one': { version: '1.0.0' } } }),
  'requirements.txt': 'jupyterlab==1.0\n',
  'requirements-cpu.txt': '-r requirements.txt\ntensorflow-cpu==1.0\n',
  'requirements-cuda.txt': '-r requirements.txt\ntensorflow==1.0\n',
  'tsconfig.json': '{}',
  'lib/index.ts': 'export {};\n',
  'scripts/addon/decode-jpeg.cc': '',
  'scripts/addon/graph-functions.cc': '',
  'scripts/addon/load-tensorflow.cc': '',
  'scripts/fetch-weights.ts': `
    const fs = require('node:fs');
    fs.appendFileSync(process.env.CALLS, 'weights\\n');
    fs.mkdirSync('data/weights', { recursive: true });
    fs.writeFileSync('data/weights/vgg16-imagenet.bin', '');
    fs.truncateSync('data/weights/vgg16-imagenet.bin', 58858752);`,
};

/** What a run of set-up came to. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export class MadeUpProject {
  root: string;
  private readonly folder: string;

  constructor(test: TestContext, tools = ['python3', 'npm', 'g++'], name = 'project') {
    this.folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'set-up-')));
    test.after(() => rmSync(this.folder, { recursive: true, force: true }));
    this.root = path.join(this.folder, name);
    for (const [file, content] of Object.entries(FILES)) this.write(file, content);
    cpSync(projectPath('scripts/setup'), path.join(this.root, 'scripts/setup'), { recursive: true });
    copyFileSync(projectPath('scripts/setup.mjs'), path.join(this.root, 'scripts/setup.mjs'));
    mkdirSync(path.join(this.folder, 'bin'));
    for (const command of COMMANDS) this.link(command);
    for (const tool of tools) this.addTool(tool);
  }

  /** Puts a stand-in on PATH, under its own name or another. */
  addTool(tool: string, name = tool): void {
    copyFileSync(projectPath('tests/setup/tools', tool), path.join(this.folder, 'bin', name));
  }

  /** Puts a script of the test's own on PATH. */
  addScript(name: string, script: string): void {
    writeFileSync(path.join(this.folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(this.folder, 'bin', name), 0o755);
  }

  removeTool(name: string): void {
    rmSync(path.join(this.folder, 'bin', name));
  }

  path(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  write(file: string, content: string): void {
    mkdirSync(path.dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
  }

  append(file: string, content: string): void {
    appendFileSync(this.path(file), content);
  }

  /** Moves the whole project to another folder. */
  move(): void {
    const moved = path.join(this.folder, 'moved');
    renameSync(this.root, moved);
    this.root = moved;
  }

  /** Runs set-up to its end; TENSORFLOW is cpu unless the test says otherwise. */
  async setUp(env: NodeJS.ProcessEnv = {}, words: string[] = []): Promise<Outcome> {
    const child = this.start(env, words);
    const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
    return { code: child.exitCode, stdout, stderr };
  }

  /** Starts set-up and leaves it running. */
  start(env: NodeJS.ProcessEnv = {}, words: string[] = []): ChildProcess {
    const bin = path.join(this.folder, 'bin');
    const own = { PATH: bin, HOME: path.join(this.folder, 'home'), CALLS: this.callsFile, TENSORFLOW: 'cpu' };
    return spawn(process.execPath, [this.path('scripts/setup.mjs'), ...words], {
      cwd: this.folder,
      env: { ...own, ...env },
    });
  }

  /** What the stand-ins were called with since the last look, one call an entry. */
  calls(): string[] {
    const calls = existsSync(this.callsFile) ? readFileSync(this.callsFile, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(this.callsFile, { force: true });
    return calls;
  }

  /** Starts set-up and leaves it in the middle: the stand-in for pip sleeps. Gives its process number too. */
  async startInMiddle(seconds = 60): Promise<{ child: ChildProcess; stderr: Promise<string>; pip: number }> {
    const file = `${this.callsFile}.pip`;
    const child = this.start({ FAKE_PIP_SLEEPS: String(seconds) });
    const stderr = text(child.stderr!);
    // A number that is only half written isn't the one that the lock names.
    while (!existsSync(file) || !this.hasNoted(readPid(file))) {
      if (child.exitCode !== null) throw new Error(`set-up ended before it was in the middle:\n${await stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { child, stderr, pip: readPid(file) };
  }

  /** Whether the lock names this process among the commands under way: it may be a moment late on a busy machine. */
  private hasNoted(pid: number): boolean {
    const { commands } = JSON.parse(readFileSync(this.path('.setup/lock'), 'utf8')) as { commands?: { pid: number }[] };
    return commands?.some((command) => command.pid === pid) ?? false;
  }

  private get callsFile(): string {
    return path.join(this.folder, 'calls');
  }

  private link(command: string): void {
    const found = COMMAND_FOLDERS.map((folder) => path.join(folder, command)).find((file) => existsSync(file));
    if (found) symlinkSync(found, path.join(this.folder, 'bin', command));
  }
}

function readPid(file: string): number {
  return Number(readFileSync(file, 'utf8'));
}

/** Whether a process runs; one that has ended and only waits for its parent to look doesn't. */
export function runs(pid: number): boolean {
  return stateOf(pid) !== '' && stateOf(pid) !== 'Z';
}

function stateOf(pid: number): string {
  const stat = `/proc/${pid}/stat`;
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .slice(0, 1);
  return existsSync(stat) ? readFileSync(stat, 'utf8').split(') ')[1][0] : '';
}
