#include "engine/definition_request.h"

#include <gtest/gtest.h>

#include "text/write.h"

namespace heat {
namespace {

StackRequest request_with_files() {
  StackRequest request;
  request.template_source =
      "{heat_template_version: wallaby, parameters: {a: {type: string}, b: {type: string}}}";
  request.files = Map{{"one", "parameters: {a: one}"}, {"two", "parameters: {a: two}"}};
  request.environment_files = {"one", "two"};
  request.parameters = Map{{"a", "mine"}, {"b", "mine"}};
  return request;
}

TEST(DefinitionRequest, FilesArePutOverTheParametersBesideThem) {
  const DefinitionRow row = definition_of(request_with_files(), nullptr, "id", EngineSettings());
  EXPECT_EQ(to_json(row.parameters), R"({"a":"two","b":"mine"})");
}

TEST(DefinitionRequest, WhatIsGivenIsPutOverWhatTheStackHad) {
  const DefinitionRow before = definition_of(request_with_files(), nullptr, "id", EngineSettings());
  StackRequest request;
  request.parameters = Map{{"b", Value()}};
  request.args = Map{{"clear_parameters", List{"a"}}};
  const DefinitionRow row = definition_of(request, &before, "id", EngineSettings());
  EXPECT_EQ(to_json(row.parameters), R"({"b":null})");
}

TEST(DefinitionRequest, TheDeclarationOfAParameterIsMetBeforeTheFilesAreMerged) {
  StackRequest request = request_with_files();
  request.template_source = "{heat_template_version: wallaby, parameters: {a: {type: text}}}";
  request.files = Map{{"one", "event_sinks: [{}]"}, {"two", ""}};
  try {
    definition_of(request, nullptr, "id", EngineSettings());
    FAIL() << "must be refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::InvalidSchemaError);
    EXPECT_EQ(error.parts().size(), 2U);
  }
}

}  // namespace
}  // namespace heat
