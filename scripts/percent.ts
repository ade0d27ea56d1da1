/** Shares as a person reads them. */

/**
 * @param share from 0 to 1
 * @example     percent(0.975) // '97.5 %'
 */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
