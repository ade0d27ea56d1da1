/** A model as one Keras file (.h5), which keras.models.load_model reads in Python. */

import { basename } from 'node:path';
import { InputError } from '../errors';
import type { tf } from '../tensorflow/load';

/** What is used of h5wasm; its own types can't be named here, as it is an ES module. */
interface Hdf5Group {
  create_attribute(name: string, data: string | string[], shape?: number[] | null, dtype?: string | null): void;
  create_group(name: string): Hdf5Group;
  create_dataset(options: { name: string; data: Float32Array; shape: number[]; dtype: string }): unknown;
}

/** The same, where it is read. */
interface Hdf5Reader {
  attrs: Record<string, { value: unknown } | undefined>;
  get(path: string): unknown;
}

/** A layer as `toJSON` describes it. */
interface LayerConfig {
  class_name: string;
  config: { layers?: LayerConfig[]; input_layers?: unknown; output_layers?: unknown };
}

// The layout is Keras 2's, which Keras 3 reads as "legacy h5".
const LAYOUT_VERSION = '2.15.0';
const WEIGHTS_GROUP = 'model_weights';

/**
 * Writes layers and weights, without the optimizer: a loaded model predicts, and must be compiled to be trained further.
 * Nested models are kept as they are, frozen layers stay frozen.
 * @param file  path of the file, which is replaced where there is one
 * @param model sequential or functional, of layers that Keras has under the same names
 * @throws      InputError where not all of it reached the disk
 * @source      keras/src/legacy/saving/legacy_h5_format.py
 */
export async function writeKerasH5(file: string, model: tf.LayersModel): Promise<void> {
  const layers = await Promise.all(
    model.layers.map(async (layer) => ({ name: layer.name, weights: await weightsOf(layer) })),
  );
  const config = JSON.stringify(kerasConfig(model.toJSON(null, false) as unknown as LayerConfig));
  const { File, ready } = await import('h5wasm/node');
  await ready;
  const h5 = new File(file, 'w');
  let status = -1;
  try {
    writeModel(h5, config, layers);
  } finally {
    status = h5.close();
  }
  if (status < 0) throw notWhole(file, layers);
  // On a full disk the library drops bytes, and may still close the file as if all were well.
  const reader = new File(file, 'r');
  try {
    if (!holdsModel(reader, config, layers)) throw notWhole(file, layers);
  } finally {
    reader.close();
  }
}

interface NamedLayer {
  name: string;
  weights: NamedWeight[];
}

interface NamedWeight {
  name: string;
  values: Float32Array;
  shape: number[];
}

/** A layer's weights in the order in which Keras reads them: the trainable ones first. */
async function weightsOf(layer: tf.layers.Layer): Promise<NamedWeight[]> {
  return Promise.all(
    layer.weights.map(async (weight) => {
      const tensor = weight.read();
      // The name without the number that TensorFlow.js adds where another model has it too.
      return { name: `${weight.originalName}:0`, values: await tensor.data<'float32'>(), shape: tensor.shape };
    }),
  );
}

function writeModel(h5: Hdf5Group, config: string, layers: NamedLayer[]): void {
  h5.create_attribute('model_config', config);
  writeVersion(h5);
  const root = h5.create_group(WEIGHTS_GROUP);
  writeVersion(root);
  writeNames(
    root,
    'layer_names',
    layers.map(({ name }) => name),
  );
  for (const layer of layers) writeLayer(root, layer);
}

function writeLayer(root: Hdf5Group, { name, weights }: NamedLayer): void {
  const group = root.create_group(name);
  writeNames(
    group,
    'weight_names',
    weights.map((weight) => weight.name),
  );
  const inner = new Map<string, Hdf5Group>();
  for (const { name: path, values, shape } of weights) {
    const [layer, kind] = placeOf(path);
    if (!inner.has(layer)) inner.set(layer, group.create_group(layer));
    inner.get(layer)?.create_dataset({ name: kind, data: values, shape, dtype: '<f' });
  }
}

/** The group of a weight in its layer's, and its name there. */
function placeOf(weight: string): [group: string, name: string] {
  const [group, name] = weight.split('/');
  return [group, name];
}

/** Whether a file reads as it was written. */
function holdsModel(h5: Hdf5Reader, config: string, layers: NamedLayer[]): boolean {
  try {
    return (
      h5.attrs.model_config?.value === config &&
      layers.every(({ name, weights }) =>
        weights.every((weight) => {
          const found = h5.get([WEIGHTS_GROUP, name, ...placeOf(weight.name)].join('/')) as { value: Float32Array };
          return bytesOf(found.value).equals(bytesOf(weight.values));
        }),
      )
    );
  } catch {
    // What lies there isn't the file that was written.
    return false;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function notWhole(file: string, layers: NamedLayer[]): InputError {
  const sizes = layers.flatMap(({ weights }) => weights.map(({ values }) => values.byteLength));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  return new InputError({
    where: basename(file),
    found: 'a file that was not written whole: the disk may be full',
    expected: `room for ${megabytes.toFixed(1)} MB`,
    remedy: 'Make room, or set OUTPUTS to another disk, and run again',
  });
}

function writeVersion(group: Hdf5Group): void {
  group.create_attribute('keras_version', LAYOUT_VERSION);
  group.create_attribute('backend', 'tensorflow');
}

/** Text of one fixed length each, as h5py writes lists of names. */
function writeNames(group: Hdf5Group, attribute: string, names: string[]): void {
  const longest = Math.max(1, ...names.map((name) => Buffer.byteLength(name)));
  group.create_attribute(attribute, names, [names.length], `S${longest}`);
}

/**
 * As Keras 3 has it: a functional model is called `Functional`, and one that has a single input or output names it without
 * a list around, or its answer would be a list too. All else TensorFlow.js writes as Keras does.
 */
function kerasConfig(layer: LayerConfig): LayerConfig {
  const { class_name, config } = layer;
  const { layers, input_layers, output_layers } = config;
  if (layers === undefined) return layer;
  const inner = { ...config, layers: layers.map(kerasConfig) };
  if (input_layers === undefined || output_layers === undefined) return { ...layer, config: inner };
  const ends = { input_layers: single(input_layers), output_layers: single(output_layers) };
  return { ...layer, class_name: class_name === 'Model' ? 'Functional' : class_name, config: { ...inner, ...ends } };
}

function single(ends: unknown): unknown {
  return Array.isArray(ends) && ends.length === 1 ? (ends[0] as unknown) : ends;
}
