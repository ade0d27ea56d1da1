// Decodes JPEGs with the libjpeg-turbo inside TensorFlow's library, on Node's worker threads.
//
// decode(jpeg, pixels, width, height) -> Promise of true where `pixels` (RGB, width * height * 3 bytes) are those of the
// whole picture; false where the decoder had anything to say, so that a slower decoder can say what is wrong.

#include <dlfcn.h>
#include <node_api.h>

#include <cstdint>

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
  uint8_t* pixels;
  int width, height;
  bool whole;
  // Keep both arrays in memory until the work is done.
  napi_ref arrays[2];
  napi_deferred deferred;
  napi_async_work work;
};

void decode(napi_env, void* data) {
  Job* job = static_cast<Job*>(data);
  tensorflow::jpeg::UncompressFlags flags;
  flags.components = 3;
  flags.dct_method = JDCT_ISLOW;
  int64_t warnings = 0;
  const uint8_t* result = tensorflow::jpeg::Uncompress(
      job->jpeg, static_cast<int>(job->length), flags, &warnings, [job](int width, int height, int components) {
        return width == job->width && height == job->height && components == 3 ? job->pixels : nullptr;
      });
  job->whole = result != nullptr && warnings == 0;
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

bool bytesOf(napi_env env, napi_value value, uint8_t** bytes, size_t* length) {
  napi_typedarray_type type;
  void* data;
  if (napi_get_typedarray_info(env, value, &type, length, &data, nullptr, nullptr) != napi_ok) return false;
  *bytes = static_cast<uint8_t*>(data);
  return type == napi_uint8_array;
}

napi_value start(napi_env env, napi_callback_info info) {
  size_t count = 4, room = 0;
  napi_value arguments[4], promise, name;
  Job* job = new Job();
  uint8_t* jpeg = nullptr;
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  const bool fits = count == 4 && bytesOf(env, arguments[0], &jpeg, &job->length) &&
                    bytesOf(env, arguments[1], &job->pixels, &room) &&
                    napi_get_value_int32(env, arguments[2], &job->width) == napi_ok &&
                    napi_get_value_int32(env, arguments[3], &job->height) == napi_ok && job->width > 0 &&
                    job->height > 0 && job->length < INT32_MAX &&
                    static_cast<uint64_t>(job->width) * static_cast<uint64_t>(job->height) * 3 == room;
  if (!fits) {
    delete job;
    napi_throw_type_error(env, nullptr, "decode(jpeg, pixels, width, height)");
    return nullptr;
  }
  job->jpeg = jpeg;
  for (int i = 0; i < 2; i++) napi_create_reference(env, arguments[i], 1, &job->arrays[i]);
  napi_create_promise(env, &job->deferred, &promise);
  napi_create_string_utf8(env, "decodeJpeg", NAPI_AUTO_LENGTH, &name);
  napi_create_async_work(env, nullptr, name, decode, finish, job, &job->work);
  napi_queue_async_work(env, job->work);
  return promise;
}

}  // namespace

NAPI_MODULE_INIT() {
  if (!decoderIsThere()) {
    napi_throw_error(env, nullptr, "this TensorFlow has no JPEG decoder of the expected name");
    return nullptr;
  }
  napi_value function;
  napi_create_function(env, "decode", NAPI_AUTO_LENGTH, start, nullptr, &function);
  napi_set_named_property(env, exports, "decode", function);
  return exports;
}
