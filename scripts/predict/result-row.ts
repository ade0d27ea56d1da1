/** The answer to one photo, as it is written. */

/** One face. */
export interface FaceRow {
  /** Left, top, width, height in pixels of the upright photo. */
  box: readonly number[];
  /** Left eye, right eye, nose, corners of the mouth, in the same pixels. */
  landmarks: readonly (readonly number[])[];
  /** The most likely class, also where `abstained` says not to rely on it. */
  label: string;
  probability: number;
  /** By class name. */
  probabilities: Record<string, number>;
  /** True where the answer is "can't tell". */
  abstained: boolean;
  /** Why. */
  reason?: string;
  /** Where the face was kept, as the model saw it. */
  aligned?: string;
}

/** A photo that was read. What stands beside `file` is of the largest face; null where none was found. */
export interface AnsweredRow {
  file: string;
  label: string | null;
  probability: number | null;
  probabilities: Record<string, number> | null;
  abstained: boolean;
  reason?: string;
  /** The largest first; empty where none was looked for or found. */
  faces: FaceRow[];
  /** What was decided about the photo. */
  note?: string;
  error?: undefined;
}

/** One line of the result. */
export type ResultRow = AnsweredRow | { file: string; error: string };

/**
 * What is to be said of a photo beside its answer: why there is none, and what was decided; may be empty.
 * @example remarkOf({ reason: 'blurred', note: 'used as it is' }) // 'blurred; used as it is'
 */
export function remarkOf({ reason, note }: Pick<AnsweredRow, 'reason' | 'note'>): string {
  return [reason, note].filter((words) => words !== undefined).join('; ');
}

/** What a reader sees for an answer: the class, or that there is none. */
export function answerWords({ label, abstained }: Pick<AnsweredRow, 'label' | 'abstained'>): string {
  if (label === null) return 'no face found';
  return abstained ? "can't tell" : label;
}
