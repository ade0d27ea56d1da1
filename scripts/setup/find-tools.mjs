/** Looks for the Python and the C++ compiler that set-up needs, and says what it found instead. */

import { spawnSync } from 'node:child_process';

const PYTHONS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const COMPILERS = ['g++', 'clang++'];
const TIMEOUT_MS = 30_000;

// Runs on any Python, also on one that is too old.
const DESCRIBE_PYTHON = `
import sys
def has(name):
    try:
        __import__(name)
        return 1
    except Exception:
        return 0
print("%d %d %d %d %s" % (sys.version_info[0], sys.version_info[1], has("venv"), has("ensurepip"), sys.executable))
`;

const DESCRIPTION = /^(\d+) (\d+) ([01]) ([01]) (.+)$/m;

// Only a compiler makes one text of the two: a program that ends with 0 and has compiled nothing, such as true, doesn't say it.
const CPP17 = `
#include <optional>
#include <string>
extern const char said[] = "C++" "17";
int main() { std::optional<std::string> s; return s ? 1 : 0; }
`;
const SAID = '"C++17';
// To assembler on stdout; with link-time optimisation that would be bytecode.
const TO_ASSEMBLER = ['-std=c++17', '-fno-lto', '-S', '-o', '-', '-x', 'c++', '-'];

/**
 * The first Python that fits: $PYTHON if set, else python3, python3.13 and down to python3.10.
 * @returns {executable} of the one found, or {found: what was met instead, in words}
 */
export function findPython(env) {
  const met = [];
  for (const name of env.PYTHON ? [env.PYTHON] : PYTHONS) {
    const answer = spawnSync(name, ['-c', DESCRIBE_PYTHON], { env, encoding: 'utf8', timeout: TIMEOUT_MS });
    const fault = pythonFault(answer);
    if (fault === undefined) return { executable: DESCRIPTION.exec(answer.stdout)[5] };
    if (fault !== 'absent') met.push(`${label('PYTHON', env, name)} ${fault}`);
  }
  return { found: met.join(', ') || nothing('PYTHON', env, PYTHONS) };
}

function pythonFault({ error, status, stdout }) {
  if (error?.code === 'ENOENT') return 'absent';
  if (error || status !== 0) return "doesn't run";
  const description = DESCRIPTION.exec(stdout);
  // A program that ends with 0 whatever it is asked, such as true, prints nothing of the kind.
  if (description === null) return 'is no Python';
  const [major, minor, venv, ensurepip] = description.slice(1, 5).map(Number);
  if (major !== 3 || minor < 10 || minor > 13) return `is version ${major}.${minor}`;
  if (!venv || !ensurepip) return `(${major}.${minor}) lacks its venv module`;
  return undefined;
}

/**
 * The first compiler that builds C++17: $CXX if set (arguments allowed), else g++ or clang++.
 * @returns {argv} of the one found, or {found: what was met instead, in words}
 */
export function findCompiler(env) {
  const met = [];
  for (const name of env.CXX ? [env.CXX] : COMPILERS) {
    const argv = name.trim().split(/\s+/);
    const options = { env, encoding: 'utf8', input: CPP17, timeout: TIMEOUT_MS };
    const answer = spawnSync(argv[0], [...argv.slice(1), ...TO_ASSEMBLER], options);
    const fault = compilerFault(answer);
    if (fault === undefined) return { argv };
    if (fault !== 'absent') met.push(`${label('CXX', env, name)} ${fault}`);
  }
  return { found: met.join(', ') || nothing('CXX', env, COMPILERS) };
}

function compilerFault({ error, status, stdout, stderr }) {
  // A compiler that ends before it has read all of its input leaves an EPIPE error beside its own status.
  if (status === 0) return stdout.includes(SAID) ? undefined : 'is no C++ compiler';
  if (error?.code === 'ENOENT') return 'absent';
  const line = stderr?.split('\n').find((text) => text.includes('error')) ?? error?.message ?? `exit code ${status}`;
  return `can't compile C++17: ${line.trim()}`;
}

function label(variable, env, name) {
  return env[variable] ? `${variable}=${name}` : name;
}

function nothing(variable, env, names) {
  return env[variable] ? `${variable}=${env[variable]}, and no such command` : `none of ${names.join(', ')}`;
}
