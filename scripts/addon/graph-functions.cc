// TensorFlow.js's addon with two functions more: graphs that run like one of TensorFlow's own operations.
//
// addFunction(name, graph, inputs, outputs): from then on executeOp(name, [], tensors, count) computes the graph, a serialised
// GraphDef. `inputs` are names of its placeholders, in the order of the tensors; `outputs` are 'node:index'.
// removeFunction(name): forgets it, and what TensorFlow has prepared for it.
// Both throw TensorFlow's own message where it refuses.

#include <node_api.h>

// The package's module begins in a function of its own; ours calls it, so its own entry is left out.
#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "binding/tfjs_binding.cc"

#include <memory>
#include <string>
#include <vector>

#include "binding/tf_auto_status.h"

namespace tfnodejs {
namespace {

// The context that the backend executes in is its private field; an explicit instantiation may name such a field.
template <TFE_Context* TFJSBackend::*field>
struct ContextField {
  friend TFE_Context* contextOf(TFJSBackend* backend) { return backend->*field; }
};
TFE_Context* contextOf(TFJSBackend* backend);
template struct ContextField<&TFJSBackend::tfe_context_>;

using Graph = std::unique_ptr<TF_Graph, decltype(&TF_DeleteGraph)>;
using Function = std::unique_ptr<TF_Function, decltype(&TF_DeleteFunction)>;

// False where a JavaScript error is pending.
bool succeeded(napi_env env, TF_Status* status) {
  if (TF_GetCode(status) == TF_OK) return true;
  NAPI_THROW_ERROR(env, "%s", TF_Message(status));
  return false;
}

std::string textOf(napi_env env, napi_value value) {
  std::string text;
  GetStringParam(env, value, text);
  return text;
}

// Operations of a graph by 'node' or 'node:index'; false where a JavaScript error is pending.
bool find(napi_env env, TF_Graph* graph, napi_value names, std::vector<TF_Output>* found) {
  uint32_t count = 0;
  napi_get_array_length(env, names, &count);
  for (uint32_t i = 0; i < count; i++) {
    napi_value element;
    napi_get_element(env, names, i, &element);
    const std::string name = textOf(env, element);
    const size_t colon = name.find(':');
    TF_Operation* operation = TF_GraphOperationByName(graph, name.substr(0, colon).c_str());
    if (operation == nullptr) {
      NAPI_THROW_ERROR(env, "No node of the graph is called %s", name.c_str());
      return false;
    }
    found->push_back({operation, colon == std::string::npos ? 0 : std::atoi(name.c_str() + colon + 1)});
  }
  return true;
}

Graph importGraph(napi_env env, napi_value bytes, TF_Status* status) {
  void* data = nullptr;
  size_t length = 0;
  napi_get_typedarray_info(env, bytes, nullptr, &length, &data, nullptr, nullptr);
  Graph graph(TF_NewGraph(), TF_DeleteGraph);
  TF_Buffer* buffer = TF_NewBufferFromString(data, length);
  TF_ImportGraphDefOptions* options = TF_NewImportGraphDefOptions();
  TF_GraphImportGraphDef(graph.get(), buffer, options, status);
  TF_DeleteImportGraphDefOptions(options);
  TF_DeleteBuffer(buffer);
  return graph;
}

// The context to work in, once the call's arguments are read; null where a JavaScript error is pending.
TFE_Context* begin(napi_env env, napi_callback_info info, size_t argc, napi_value* args) {
  ENSURE_NAPI_OK_RETVAL(env, napi_get_cb_info(env, info, &argc, args, nullptr, nullptr), nullptr);
  TFJSBackend* backend = GetTFJSBackend(env);
  return backend == nullptr ? nullptr : contextOf(backend);
}

napi_value AddFunction(napi_env env, napi_callback_info info) {
  napi_value args[4];
  TFE_Context* context = begin(env, info, 4, args);
  if (context == nullptr) return nullptr;
  TF_AutoStatus status;
  const Graph graph = importGraph(env, args[1], status.status);
  std::vector<TF_Output> inputs, outputs;
  if (!succeeded(env, status.status) || !find(env, graph.get(), args[2], &inputs) ||
      !find(env, graph.get(), args[3], &outputs)) {
    return nullptr;
  }
  const std::string name = textOf(env, args[0]);
  // -1: all operations of the graph are the function's body, but those that are its inputs.
  const Function function(
      TF_GraphToFunction(graph.get(), name.c_str(), 0, -1, nullptr, static_cast<int>(inputs.size()), inputs.data(),
                         static_cast<int>(outputs.size()), outputs.data(), nullptr, nullptr, nullptr, status.status),
      TF_DeleteFunction);
  if (!succeeded(env, status.status)) return nullptr;
  TFE_ContextAddFunction(context, function.get(), status.status);
  succeeded(env, status.status);
  return nullptr;
}

napi_value RemoveFunction(napi_env env, napi_callback_info info) {
  napi_value args[1];
  TFE_Context* context = begin(env, info, 1, args);
  if (context == nullptr) return nullptr;
  TF_AutoStatus status;
  TFE_ContextRemoveFunction(context, textOf(env, args[0]).c_str(), status.status);
  succeeded(env, status.status);
  return nullptr;
}

napi_value Init(napi_env env, napi_value exports) {
  const napi_value own = InitTFNodeJSBinding(env, exports);
  if (own == nullptr) return nullptr;
  const napi_property_descriptor properties[] = {
      {"addFunction", nullptr, AddFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, RemoveFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  ENSURE_NAPI_OK_RETVAL(env, napi_define_properties(env, own, ARRAY_SIZE(properties), properties), own);
  return own;
}

}  // namespace
}  // namespace tfnodejs

NAPI_MODULE_INIT() { return tfnodejs::Init(env, exports); }
