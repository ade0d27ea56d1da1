/** Environment variables of the kernel and of the commands. */

/**
 * The environment of this process, with TensorFlow's settings where they aren't set.
 */
export function projectEnvironment(): NodeJS.ProcessEnv {
  return {
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_ENABLE_ONEDNN_OPTS: '1',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...process.env,
  };
}
