/** Faces of a photo with their landmarks. */

import type { FaceFrame } from '../model/classifier-description';
import { decodePhoto, type RgbPhoto } from '../photos/decode';
import { detectFaces, type DetectedFace } from './detect-faces';
import { loadFaceNetworks } from './face-api';
import { isPlausible } from './face-shape';
import { findLandmarks, type FivePoints } from './find-landmarks';
import { findUprightLandmarks } from './upright-landmarks';

/** A face with its landmarks, in pixels of the upright photo. */
export interface FoundFace extends DetectedFace {
  points: FivePoints;
}

/** Finds faces; the networks behind it are loaded. */
export interface FaceFinder {
  /**
   * Finds the faces of a photo.
   * @param photo path, bytes of a file, or RGB bytes
   * @param frame of training photos, by which faces on their side or upside down are known; without it all are taken for upright
   * @returns     the largest first; empty where there is none
   * @throws      InputError where the photo can't be read
   */
  find(photo: string | Uint8Array | RgbPhoto, frame?: FaceFrame): Promise<FoundFace[]>;
}

/**
 * Loads the networks that find faces; the first call takes about a second.
 * @returns a finder, to be used for any number of photos
 * @example const faces = await (await loadFaceFinder()).find('holiday.jpg');
 */
export async function loadFaceFinder(): Promise<FaceFinder> {
  await loadFaceNetworks();
  return {
    async find(photo, frame) {
      const decoded = typeof photo === 'string' || photo instanceof Uint8Array ? await decodePhoto(photo) : photo;
      const found: FoundFace[] = [];
      for (const face of await detectFaces(decoded)) {
        const { box } = face;
        const points = await (frame ? findUprightLandmarks(decoded, box, frame) : findLandmarks(decoded, box));
        if (isPlausible(points)) found.push({ ...face, points });
      }
      return found;
    },
  };
}
