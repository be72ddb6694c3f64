#include "gis/io/sqlite.hpp"

#include <sqlite3.h>

#include <cmath>

namespace citytwin::gis {
namespace {

constexpr int kMaxValueBytes = 512 << 20;
constexpr int kOpsBetweenStopChecks = 200'000;

// "file:" URI of a path: what SQLite would read as query or escape is escaped.
std::string uri_of(const std::filesystem::path& path, const char* query) {
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr char kHex[] = "0123456789abcdef";
      uri += '%';
      uri += kHex[static_cast<unsigned char>(c) >> 4U];
      uri += kHex[static_cast<unsigned char>(c) & 15U];
    } else {
      uri += c;
    }
  }
  return uri + query;
}

}  // namespace

SqliteDatabase::SqliteDatabase(const std::filesystem::path& path, Mode mode) {
  const bool read = mode == Mode::read;
  const int flags =
      (read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(uri_of(path, read ? "?immutable=1" : "").c_str(), &handle_, flags, nullptr) !=
      SQLITE_OK) {
    fail();
    return;
  }
  sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  if (read) {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    execute("PRAGMA mmap_size=0; PRAGMA cell_size_check=ON; PRAGMA query_only=ON");
  } else {
    // Those of a spatial index call functions that only geodata programs have; we write the index ourselves.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    execute(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA "
        "locking_mode=EXCLUSIVE");
  }
}

SqliteDatabase::~SqliteDatabase() { close(); }

bool SqliteDatabase::close() {
  if (handle_ != nullptr) {
    if (sqlite3_close(handle_) != SQLITE_OK) fail();
    handle_ = nullptr;
  }
  return ok();
}

void SqliteDatabase::fail() {
  if (!error_.empty()) return;
  const char* message = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
  error_ = message != nullptr && *message != '\0' ? message : "unknown error";
}

void SqliteDatabase::execute(const std::string& sql) {
  if (!ok()) return;
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void SqliteDatabase::watch(const RunContext& context) {
  if (handle_ == nullptr) return;
  sqlite3_progress_handler(
      handle_, kOpsBetweenStopChecks,
      [](void* data) { return static_cast<const RunContext*>(data)->stop_requested() ? 1 : 0; },
      const_cast<RunContext*>(&context));
}

SqliteStatement::SqliteStatement(SqliteDatabase& database, const std::string& sql) : database_(database) {
  if (!database_.ok()) return;
  const int size = static_cast<int>(sql.size());
  if (sqlite3_prepare_v2(database_.handle(), sql.c_str(), size, &handle_, nullptr) != SQLITE_OK)
    database_.fail();
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

void SqliteStatement::bind(int parameter, std::int64_t value) {
  if (handle_ != nullptr) sqlite3_bind_int64(handle_, parameter, value);
}

void SqliteStatement::bind(int parameter, double value) {
  if (handle_ == nullptr) return;
  if (std::isnan(value))
    sqlite3_bind_null(handle_, parameter);
  else
    sqlite3_bind_double(handle_, parameter, value);
}

void SqliteStatement::bind(int parameter, std::string_view value) {
  if (handle_ == nullptr) return;
  const char* data = value.data() == nullptr ? "" : value.data();
  sqlite3_bind_text(handle_, parameter, data, static_cast<int>(value.size()), SQLITE_STATIC);
}

void SqliteStatement::bind(int parameter, std::span<const unsigned char> blob) {
  if (handle_ == nullptr) return;
  sqlite3_bind_blob(handle_, parameter, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC);
}

void SqliteStatement::bind_null(int parameter) {
  if (handle_ != nullptr) sqlite3_bind_null(handle_, parameter);
}

bool SqliteStatement::step() {
  if (handle_ == nullptr || !database_.ok()) return false;
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) database_.fail();
  return false;
}

void SqliteStatement::run() {
  while (step()) {
  }
  if (handle_ != nullptr) sqlite3_reset(handle_);
}

SqliteStatement::Type SqliteStatement::type(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER:
      return Type::integer;
    case SQLITE_FLOAT:
      return Type::real;
    case SQLITE_TEXT:
      return Type::text;
    case SQLITE_BLOB:
      return Type::blob;
    default:
      return Type::null;
  }
}

std::int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(handle_, column); }
double SqliteStatement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view SqliteStatement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return data == nullptr
             ? std::string_view{}
             : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

std::span<const unsigned char> SqliteStatement::blob(int column) const {
  const auto* data = static_cast<const unsigned char*>(sqlite3_column_blob(handle_, column));
  return {data, data == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

}  // namespace citytwin::gis
