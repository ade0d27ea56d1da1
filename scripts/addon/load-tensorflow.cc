// Loads TensorFlow's shared libraries before the addon's first call, keeping what they print while loading off the terminal.
//
// TensorFlow logs from its static initialisers, before any setting of its own is read, so TF_CPP_MIN_LOG_LEVEL can't silence
// it. Linked this way (without -l, functions bound at their first call), the addon decides when the libraries are loaded.

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#ifndef __APPLE__
#include <link.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

#ifdef __APPLE__
constexpr const char* kLibraries[] = {"@rpath/libtensorflow_framework.2.dylib", "@rpath/libtensorflow_cc.2.dylib"};
#else
constexpr const char* kLibraries[] = {"libtensorflow_framework.so.2", "libtensorflow_cc.so.2"};
#endif

// absl's threshold setter as TensorFlow 2.21 exports it; absent in another version, where the lines then just show.
constexpr const char* kSetMinLogLevel =
    "_ZN4absl12lts_2025081412log_internal17RawSetMinLogLevelENS0_18LogSeverityAtLeastE";

int logLevel() {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  return level == nullptr ? 2 : std::atoi(level);
}

#ifdef __APPLE__
void loadSolver(void*) {}
#else
// TensorFlow 2.21 asks for libcusolver.so.11 from a library that knows the folders of all of CUDA's libraries but this
// one's, and then computes on the CPU. A library that is loaded already is found by its name. Without a driver it is of no use.
void loadSolver(void* tensorflow) {
  link_map* map = nullptr;
  if (dlinfo(tensorflow, RTLD_DI_LINKMAP, &map) != 0) return;
  const std::string file = map->l_name;
  const std::string solver = file.substr(0, file.rfind('/') + 1) + "../nvidia/cusolver/lib/libcusolver.so.11";
  if (access(solver.c_str(), R_OK) != 0 || dlopen("libcuda.so.1", RTLD_LAZY) == nullptr) return;
  // Seen only with TF_CPP_MIN_LOG_LEVEL=0: else nothing that is said while loading is.
  if (dlopen(solver.c_str(), RTLD_LAZY) == nullptr) std::fprintf(stderr, "%s\n", dlerror());
}
#endif

__attribute__((constructor)) void loadTensorFlow() {
  const int level = logLevel();
  const int terminal = level > 0 ? dup(STDERR_FILENO) : -1;
  const int nowhere = terminal >= 0 ? open("/dev/null", O_WRONLY) : -1;
  if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);

  const char* error = nullptr;
  void* handle = nullptr;
  for (const char* library : kLibraries) {
    handle = dlopen(library, RTLD_LAZY | RTLD_GLOBAL);
    if (handle == nullptr) {
      error = dlerror();
      break;
    }
    if (void* setter = dlsym(handle, kSetMinLogLevel)) reinterpret_cast<void (*)(int)>(setter)(level);
  }

  if (error == nullptr) loadSolver(handle);

  if (nowhere >= 0) {
    dup2(terminal, STDERR_FILENO);
    close(nowhere);
  }
  if (terminal >= 0) close(terminal);
  if (error != nullptr) std::fprintf(stderr, "TensorFlow's library can't be loaded: %s\n", error);
}

}  // namespace
