/** What the first filters of a layer find in one photo. */

import { InputError } from '../errors';
import { tf } from '../tensorflow/load';

/** The output of one filter: how strongly it answers at each place. */
export interface FeatureMap {
  /** Layer and number of the filter, such as `block1_conv2 #0`. */
  name: string;
  /** Rows. */
  height: number;
  /** Columns. */
  width: number;
  /** Activations after ReLU, row by row, 0 and above. */
  values: Float32Array;
}

/**
 * The feature maps of a layer's first filters.
 * @param model     VGG16, or another model of convolutions
 * @param layerName a layer with output [n, height, width, filters], such as `block1_conv2`
 * @param photo     one prepared photo, float32 [1, height, width, 3]
 * @param count     how many filters, from the first; all where there are fewer
 * @returns         one map a filter
 * @throws          InputError where there is no such layer, or its output isn't a picture
 */
export async function featureMaps(
  model: tf.LayersModel,
  layerName: string,
  photo: tf.Tensor4D,
  count: number,
): Promise<FeatureMap[]> {
  const layer = model.layers.find(({ name }) => name === layerName);
  if (layer === undefined) {
    throw new InputError({
      where: `layer ${layerName}`,
      found: 'no layer of that name',
      expected: `one of ${model.layers.map(({ name }) => name).join(', ')}`,
      remedy: 'Choose a layer such as block1_conv2',
    });
  }
  const output = layer.getOutputAt(0) as tf.SymbolicTensor;
  if (output.shape.length !== 4) {
    throw new InputError({
      where: `layer ${layerName}`,
      found: `an output of shape [${output.shape.map((size) => size ?? 'null').join(', ')}]`,
      expected: 'feature maps [n, height, width, filters]',
      remedy: 'Choose a layer such as block1_conv2',
    });
  }
  const upToLayer = tf.model({ inputs: model.inputs, outputs: output });
  const maps = tf.tidy(() => {
    const all = upToLayer.predict(photo) as tf.Tensor4D; // [1, h, w, filters]
    const filters = Math.min(count, all.shape[3]);
    return all.slice([0, 0, 0, 0], [1, -1, -1, filters]).squeeze<tf.Tensor3D>([0]).transpose([2, 0, 1]); // [filters, h, w]
  });
  const [filters, height, width] = maps.shape;
  const values = (await maps.data()) as Float32Array;
  maps.dispose();
  return Array.from({ length: filters }, (_, filter) => ({
    name: `${layerName} #${filter}`,
    height,
    width,
    values: values.slice(filter * height * width, (filter + 1) * height * width),
  }));
}
