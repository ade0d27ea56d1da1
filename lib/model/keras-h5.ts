/** A model as one Keras file (.h5), which keras.models.load_model reads in Python. */

import type { tf } from '../tensorflow/load';

/** What is used of h5wasm; its own types can't be named here, as it is an ES module. */
interface Hdf5Group {
  create_attribute(name: string, data: string | string[], shape?: number[] | null, dtype?: string | null): void;
  create_group(name: string): Hdf5Group;
  create_dataset(options: { name: string; data: Float32Array; shape: number[]; dtype: string }): unknown;
}

/** A layer as `toJSON` describes it. */
interface LayerConfig {
  class_name: string;
  config: { layers?: LayerConfig[]; input_layers?: unknown; output_layers?: unknown };
}

// The layout is Keras 2's, which Keras 3 reads as "legacy h5".
const LAYOUT_VERSION = '2.15.0';

/**
 * Writes layers and weights, without the optimizer: a loaded model predicts, and must be compiled to be trained further.
 * Nested models are kept as they are, frozen layers stay frozen.
 * @param file  path of the file, which is replaced where there is one
 * @param model sequential or functional, of layers that Keras has under the same names
 * @source      keras/src/legacy/saving/legacy_h5_format.py
 */
export async function writeKerasH5(file: string, model: tf.LayersModel): Promise<void> {
  const weights = await Promise.all(model.layers.map((layer) => weightsOf(layer)));
  const { File, ready } = await import('h5wasm/node');
  await ready;
  const h5 = new File(file, 'w');
  try {
    h5.create_attribute(
      'model_config',
      JSON.stringify(kerasConfig(model.toJSON(null, false) as unknown as LayerConfig)),
    );
    writeVersion(h5);
    const root = h5.create_group('model_weights') as Hdf5Group;
    writeVersion(root);
    writeNames(
      root,
      'layer_names',
      model.layers.map(({ name }) => name),
    );
    model.layers.forEach(({ name }, i) => writeLayer(root, name, weights[i]));
  } finally {
    h5.close();
  }
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

function writeLayer(root: Hdf5Group, name: string, weights: NamedWeight[]): void {
  const group = root.create_group(name);
  writeNames(
    group,
    'weight_names',
    weights.map((weight) => weight.name),
  );
  const inner = new Map<string, Hdf5Group>();
  for (const { name: path, values, shape } of weights) {
    const [layer, kind] = path.split('/');
    if (!inner.has(layer)) inner.set(layer, group.create_group(layer));
    inner.get(layer)?.create_dataset({ name: kind, data: values, shape, dtype: '<f' });
  }
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
