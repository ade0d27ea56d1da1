/** Which attributes go along with the chosen one: bars to both sides of 0. */

import type { ChartSpec } from './chart-spec';
import { nameAxis, tip, UNSTACKED } from './encodings';
import { COLORS, countText, themed } from './theme';

/** One bar. */
export interface AssociationRow {
  /** Name of the attribute. */
  attribute: string;
  /** Phi coefficient, -1 to 1. */
  phi: number;
  /** Photos with it among those with the chosen attribute, 0 to 100. */
  percentWith: number;
  /** Photos with it among those without, 0 to 100. */
  percentWithout: number;
}

/** What is written around the bars. */
export interface AssociationsOptions {
  /** Photos in all, for the subtitle; default not said. */
  photoCount?: number;
  /** Default `What goes along with` and the attribute. */
  title?: string;
}

/**
 * A bar for each attribute, in the order of the rows; the scale is always -1 to 1, so that charts can be compared.
 * @param rows   at least 1; what `attributeAssociations` returns, or its first ones
 * @param chosen the attribute that the others are compared with
 * @returns      a Vega-Lite 5 specification
 * @example      attributeAssociations([{ attribute: 'Wearing_Lipstick', phi: -0.79, percentWith: 0.6, percentWithout: 80.6 }], 'Male')
 */
export function attributeAssociations(
  rows: readonly AssociationRow[],
  chosen: string,
  options: AssociationsOptions = {},
): ChartSpec {
  const { photoCount, title = `What goes along with ${chosen}` } = options;
  const counted = photoCount === undefined ? '' : `; n = ${countText(photoCount)} pictures`;
  const subtitle = `phi: 1 same answer on every photo, -1 opposite, 0 no link${counted}`;
  const scale = { domain: [-1, 1], nice: false };
  const axis = { tickCount: 9 };
  const x = { field: 'phi', type: 'quantitative', title: 'phi coefficient', scale, axis, ...UNSTACKED };
  const names = rows.map((row) => row.attribute);
  const y = nameAxis('attribute', names);
  const color = { condition: { test: 'datum.phi < 0', value: COLORS.orange }, value: COLORS.blue };
  const tooltip = [
    tip('attribute'),
    tip('phi', '.2f'),
    tip('percentWith', '.1f', `of those with ${chosen}, %`),
    tip('percentWithout', '.1f', 'of those without, %'),
  ];
  const text = { field: 'phi', format: '.2f' };
  const label = (test: string, align: string, dx: number): object => ({
    transform: [{ filter: test }],
    mark: { type: 'text', align, dx, fontSize: 11 },
    encoding: { text },
  });
  return themed({
    title: { text: title, subtitle },
    data: { values: rows },
    height: { step: 22 },
    width: 420,
    encoding: { x, y },
    layer: [
      { mark: { type: 'bar', height: { band: 0.7 } }, encoding: { color, tooltip } },
      label('datum.phi >= 0', 'left', 4),
      label('datum.phi < 0', 'right', -4),
    ],
  });
}
