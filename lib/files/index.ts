/** Files: written whole, downloaded whole, checked by their content. */

export { writeFileAtomically, writeJson } from './atomic-write';
export { checksumOfFile, sha256Of, sha256OfFile, type Checksum } from './checksum';
export { csvCell } from './csv-cell';
export { download, type DownloadOptions } from './download';
export { exists } from './exists';
export { explainNoRoom, whatIsFull } from './full-disk';
export { MissingFile } from './download-fault';
export { retryAfterMs, webPageFault } from './download-request';
export { isGarbled, isPhotoName, isReadableLink, photosBelow, type OnUnreadable } from './photos-below';
export { readingFault } from './refused-rights';
export { isFolder, makeFolder, syncFilesIn, syncFolder } from './sync-folder';
export { isSystemFault } from './system-fault';
export { isWebPage, REFUSED_DOWNLOAD } from './web-page';
