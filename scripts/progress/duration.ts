/** Times as a person says them. */

/**
 * @param seconds 0 or more
 * @example formatDuration(3.21) // '3.2 s'
 * @example formatDuration(75) // '1 min 15 s'
 */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
