// Decodes JPEGs with the libjpeg-turbo inside TensorFlow's library, on Node's worker threads.
//
// decode(jpeg, pixels, width, height): `pixels` becomes RGB, width * height * 3 bytes.
// prepare(jpeg, pixels, width, height, rows, columns, means): `pixels`, a Float32Array, becomes blue, green, red less their
// means of the pixels at `rows` and `columns`.
// Both return a Promise: true where `pixels` are those of the whole picture, false where the decoder had anything to say, so
// that a slower decoder can say what is wrong.

#include <dlfcn.h>
#include <node_api.h>

#include <cstdint>
#include <vector>

#include "tensorflow/core/lib/jpeg/jpeg_mem.h"

namespace {

// Uncompress as libstdc++ and libc++ name it; looked up first, because a function that is bound at its first call and then
// isn't there ends the process.
constexpr const char* kNames[] = {
    "_ZN10tensorflow4jpeg10UncompressEPKviRKNS0_15UncompressFlagsEPlSt8functionIFPhiiiEE",
    "_ZN10tensorflow4jpeg10UncompressEPKviRKNS0_15UncompressFlagsEPxNSt3__18functionIFPhiiiEEE",
};

bool decoderIsThere() {
  for (const char* name : kNames) {
    if (dlsym(RTLD_DEFAULT, name) != nullptr) return true;
  }
  return false;
}

struct Job {
  const uint8_t* jpeg;
  size_t length;
  void* pixels;
  int width, height;
  // Empty for decode().
  std::vector<int32_t> rows, columns;
  float means[3];
  bool whole;
  // Keep the file and the pixels in memory until the work is done.
  napi_ref arrays[2];
  napi_deferred deferred;
  napi_async_work work;
};

bool uncompress(const Job& job, uint8_t* pixels) {
  tensorflow::jpeg::UncompressFlags flags;
  flags.components = 3;
  flags.dct_method = JDCT_ISLOW;
  int64_t warnings = 0;
  const uint8_t* result = tensorflow::jpeg::Uncompress(
      job.jpeg, static_cast<int>(job.length), flags, &warnings, [&job, pixels](int width, int height, int components) {
        return width == job.width && height == job.height && components == 3 ? pixels : nullptr;
      });
  return result != nullptr && warnings == 0;
}

// A byte less a mean has 256 outcomes.
void scale(const Job& job, const uint8_t* pixels, float* target) {
  float blue[256], green[256], red[256];
  for (int value = 0; value < 256; value++) {
    blue[value] = static_cast<float>(value) - job.means[0];
    green[value] = static_cast<float>(value) - job.means[1];
    red[value] = static_cast<float>(value) - job.means[2];
  }
  for (int32_t row : job.rows) {
    const uint8_t* line = pixels + static_cast<size_t>(row) * job.width * 3;
    for (int32_t column : job.columns) {
      const uint8_t* pixel = line + 3 * column;
      *target++ = blue[pixel[2]];
      *target++ = green[pixel[1]];
      *target++ = red[pixel[0]];
    }
  }
}

void work(napi_env, void* data) {
  Job* job = static_cast<Job*>(data);
  if (job->rows.empty()) {
    job->whole = uncompress(*job, static_cast<uint8_t*>(job->pixels));
    return;
  }
  thread_local std::vector<uint8_t> decoded;
  decoded.resize(static_cast<size_t>(job->width) * job->height * 3);
  job->whole = uncompress(*job, decoded.data());
  if (job->whole) scale(*job, decoded.data(), static_cast<float*>(job->pixels));
}

void finish(napi_env env, napi_status, void* data) {
  Job* job = static_cast<Job*>(data);
  napi_value whole;
  napi_get_boolean(env, job->whole, &whole);
  napi_resolve_deferred(env, job->deferred, whole);
  for (napi_ref array : job->arrays) napi_delete_reference(env, array);
  napi_delete_async_work(env, job->work);
  delete job;
}

// The values of a typed array of the wanted type, or nullptr; an empty array counts as none.
template <typename T>
T* valuesOf(napi_env env, napi_value value, napi_typedarray_type wanted, size_t* length) {
  napi_typedarray_type type;
  void* data = nullptr;
  if (napi_get_typedarray_info(env, value, &type, length, &data, nullptr, nullptr) != napi_ok) return nullptr;
  return type == wanted && *length > 0 ? static_cast<T*>(data) : nullptr;
}

bool indicesOf(napi_env env, napi_value value, int32_t limit, std::vector<int32_t>* indices) {
  size_t length = 0;
  const int32_t* values = valuesOf<int32_t>(env, value, napi_int32_array, &length);
  if (values == nullptr) return false;
  for (size_t i = 0; i < length; i++) {
    if (values[i] < 0 || values[i] >= limit) return false;
  }
  indices->assign(values, values + length);
  return true;
}

bool readPicture(napi_env env, const napi_value* arguments, Job* job) {
  job->jpeg = valuesOf<uint8_t>(env, arguments[0], napi_uint8_array, &job->length);
  return job->jpeg != nullptr && job->length < INT32_MAX && napi_get_value_int32(env, arguments[2], &job->width) == napi_ok &&
         napi_get_value_int32(env, arguments[3], &job->height) == napi_ok && job->width > 0 && job->height > 0;
}

bool readDecode(napi_env env, const napi_value* arguments, Job* job) {
  size_t room = 0;
  job->pixels = valuesOf<uint8_t>(env, arguments[1], napi_uint8_array, &room);
  return job->pixels != nullptr && static_cast<uint64_t>(job->width) * static_cast<uint64_t>(job->height) * 3 == room;
}

bool readPrepare(napi_env env, const napi_value* arguments, Job* job) {
  size_t room = 0, count = 0;
  job->pixels = valuesOf<float>(env, arguments[1], napi_float32_array, &room);
  const float* means = valuesOf<float>(env, arguments[6], napi_float32_array, &count);
  if (job->pixels == nullptr || means == nullptr || count != 3) return false;
  for (int i = 0; i < 3; i++) job->means[i] = means[i];
  return indicesOf(env, arguments[4], job->height, &job->rows) && indicesOf(env, arguments[5], job->width, &job->columns) &&
         static_cast<uint64_t>(job->rows.size()) * job->columns.size() * 3 == room;
}

napi_value start(napi_env env, napi_callback_info info, size_t wanted, bool (*read)(napi_env, const napi_value*, Job*)) {
  size_t count = 7;
  napi_value arguments[7], promise, name;
  Job* job = new Job();
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  if (count != wanted || !readPicture(env, arguments, job) || !read(env, arguments, job)) {
    delete job;
    napi_throw_type_error(env, nullptr, "arguments that don't fit each other");
    return nullptr;
  }
  for (int i = 0; i < 2; i++) napi_create_reference(env, arguments[i], 1, &job->arrays[i]);
  napi_create_promise(env, &job->deferred, &promise);
  napi_create_string_utf8(env, "decodeJpeg", NAPI_AUTO_LENGTH, &name);
  napi_create_async_work(env, nullptr, name, work, finish, job, &job->work);
  napi_queue_async_work(env, job->work);
  return promise;
}

napi_value decode(napi_env env, napi_callback_info info) { return start(env, info, 4, readDecode); }

napi_value prepare(napi_env env, napi_callback_info info) { return start(env, info, 7, readPrepare); }

void offer(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

}  // namespace

NAPI_MODULE_INIT() {
  if (!decoderIsThere()) {
    napi_throw_error(env, nullptr, "this TensorFlow has no JPEG decoder of the expected name");
    return nullptr;
  }
  offer(env, exports, "decode", decode);
  offer(env, exports, "prepare", prepare);
  return exports;
}
