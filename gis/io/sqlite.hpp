// Internal to gis: a thin, safe hold on SQLite for the city file. The first failure sticks to the database
// and every later call does nothing, so that callers check once at the end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/run_context.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace citytwin::gis {

class SqliteDatabase {
 public:
  enum class Mode { read, write };
  // read: never writes, never locks, leaves no -wal or -shm behind, trusts no schema code.
  // write: of a temporary file that is thrown away on failure, hence without journal.
  SqliteDatabase(const std::filesystem::path& path, Mode mode);
  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  [[nodiscard]] bool ok() const { return error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }
  void execute(const std::string& sql);
  bool close();  // false if anything failed so far or now
  // Makes long statements fail once the user asks to stop.
  void watch(const RunContext& context);

  void fail();  // keeps SQLite's message
  [[nodiscard]] sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
  std::string error_;
};

class SqliteStatement {
 public:
  SqliteStatement(SqliteDatabase& database, const std::string& sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Parameters count from 1, as in SQLite. Bound text and blobs must live until step().
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, double value);  // NaN becomes NULL
  void bind(int parameter, std::string_view value);
  void bind(int parameter, std::span<const unsigned char> blob);
  void bind_null(int parameter);

  bool step();  // true: a row is there
  void run();   // step to the end and make ready for the next values

  // Columns count from 0.
  enum class Type { integer, real, text, blob, null };
  [[nodiscard]] Type type(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::span<const unsigned char> blob(int column) const;

 private:
  SqliteDatabase& database_;
  sqlite3_stmt* handle_ = nullptr;
};

}  // namespace citytwin::gis
