/** Files: written whole, downloaded whole, checked by their content. */

export { writeFileAtomically, writeJson } from './atomic-write';
export { md5OfFile, sha256OfFile } from './checksum';
export { download, type DownloadOptions } from './download';
export { isPhotoName, photosBelow } from './photos-below';
export { makeFolder, syncFolder } from './sync-folder';
