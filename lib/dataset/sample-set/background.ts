/** Backgrounds: plain, shaded, a horizon, dots of light, stripes, a wall of shapes. */

import type { Random } from './random';

// Wide enough to fill any frame, turned or not, over facesjs's 400 x 600 units.
const FIELD = 'x="-400" y="-300" width="1200" height="1200"';

/**
 * SVG elements that fill the frame behind the person.
 * @param random fixed by the picture's number
 */
export function backgroundSvg(random: Random): string {
  const [first, second] = [color(random), color(random)];
  switch (random.weighted({ plain: 2, slope: 3, glow: 2, horizon: 2, dots: 3, stripes: 1, shapes: 2 })) {
    case 'plain':
      return fill(first);
    case 'slope':
      return gradient(
        `linearGradient id="b" x1="0" y1="0" x2="${random.between(-1, 1).toFixed(2)}" y2="1"`,
        first,
        second,
      );
    case 'glow':
      return gradient(
        `radialGradient id="b" cx="0.5" cy="${random.between(0.3, 0.6).toFixed(2)}" r="0.35"`,
        first,
        second,
      );
    case 'horizon':
      return `${fill(first)}<rect x="-400" y="${random.between(180, 420).toFixed(0)}" width="1200" height="900" fill="${second}"/>`;
    case 'dots':
      return fill(first) + repeat(22, () => circle(random, 8, 42, 0.35));
    case 'stripes':
      return fill(first) + stripes(second, random);
    case 'shapes':
      return fill(first) + repeat(9, () => box(random)) + repeat(3, () => circle(random, 30, 90, 0.8));
  }
}

function color(random: Random): string {
  const hue = Math.floor(random.between(0, 360));
  return `hsl(${hue}, ${Math.floor(random.between(5, 70))}%, ${Math.floor(random.between(12, 92))}%)`;
}

function fill(paint: string): string {
  return `<rect ${FIELD} fill="${paint}"/>`;
}

function gradient(element: string, first: string, second: string): string {
  const stops = `<stop offset="0" stop-color="${first}"/><stop offset="1" stop-color="${second}"/>`;
  return `<defs><${element}>${stops}</${element.split(' ')[0]}></defs>${fill('url(#b)')}`;
}

function repeat(count: number, draw: () => string): string {
  return Array.from({ length: count }, draw).join('');
}

function circle(random: Random, smallest: number, largest: number, opacity: number): string {
  const [x, y] = [random.between(-60, 460).toFixed(0), random.between(40, 600).toFixed(0)];
  const radius = random.between(smallest, largest).toFixed(0);
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color(random)}" fill-opacity="${opacity}"/>`;
}

function box(random: Random): string {
  const [x, y] = [random.between(-80, 420).toFixed(0), random.between(20, 560).toFixed(0)];
  const [width, height] = [random.between(30, 160).toFixed(0), random.between(30, 200).toFixed(0)];
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${color(random)}" fill-opacity="0.85"/>`;
}

function stripes(paint: string, random: Random): string {
  const step = Math.floor(random.between(20, 70));
  const turned = Math.floor(random.between(-45, 45));
  const bands = Array.from({ length: Math.ceil(1200 / step) }, (_, i) => {
    return `<rect x="${-400 + i * step}" y="-300" width="${step / 2}" height="1200" fill="${paint}" fill-opacity="0.6"/>`;
  });
  return `<g transform="rotate(${turned} 200 300)">${bands.join('')}</g>`;
}
