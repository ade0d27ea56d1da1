/** How many photos a network gets in one call where only its outputs are wanted. */

import { usesGpu } from './device-observations';

/**
 * On a CPU more photos in a call don't make it faster, and memory grows with them: each of VGG16's first feature maps of a photo
 * is 10 MB (178 x 218 x 64 floats), and several are there at once. A GPU needs more of them to be busy.
 * @returns 8 on a CPU, 16 on a GPU
 */
export function photosAtOnce(): number {
  return usesGpu() ? 16 : 8;
}
