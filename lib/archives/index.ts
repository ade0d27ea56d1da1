/** Archives that hold photos: zip and parquet, read where they lie, never unpacked to the disk. */

export { EntryError, splitArchivePath, type Archive } from './archive';
export { openParquetPhotos, openZip, readFromArchive } from './open-archive';
