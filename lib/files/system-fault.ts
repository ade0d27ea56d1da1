/** Faults of the system, told from faults of the file that was to be read. */

// What is wrong with the file or its path, and stays so until somebody mends it. EIO isn't among them: it may be a bad
// place on the disk, but also a disk that was unplugged or a share that was lost, and then sound files would be given up.
const OF_THE_FILE = new Set([
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EILSEQ'],
  ...['EACCES', 'EPERM', 'ENXIO', 'ENODEV', 'EINVAL', 'EFBIG', 'EOVERFLOW'],
  // The file system's own checksum or structure is wrong.
  ...['EBADMSG', 'EUCLEAN'],
]);

/**
 * Whether the system kept a file from being read for a reason that says nothing of the file, such as too many open files, no
 * memory, a lost connection.
 * @param error what was thrown
 * @example     isSystemFault(Object.assign(new Error('EMFILE'), { code: 'EMFILE', syscall: 'open' })) // true
 */
export function isSystemFault(error: unknown): boolean {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && !OF_THE_FILE.has(code);
}
