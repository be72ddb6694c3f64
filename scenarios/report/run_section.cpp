#include <fmt/format.h>

#include <cmath>

#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

std::string status_word(RunStatus status) {
  static constexpr const char* kCodes[] = {"report.status.ok", "report.status.degraded",
                                           "report.status.failed", "report.status.stopped"};
  return text(kCodes[static_cast<std::size_t>(status)]);
}

std::string run_table(const View& view) {
  using Kind = Column::Kind;
  Table table{
      text("report.table.run"), {{""}, {view.run_label, Kind::number}}, {}, text("report.table.run_note")};
  const FinishedRun* runs[] = {&view.run, view.before};
  if (view.before != nullptr) table.columns.push_back({view.before_label, Kind::number});
  const auto add_row = [&](const char* code, auto&& value) {
    table.rows.push_back({text(code)});
    for (const FinishedRun* run : runs)
      if (run != nullptr) table.rows.back().push_back(value(run->record));
  };
  add_row("report.run.status", [](const RunRecord& r) { return status_word(r.status); });
  add_row("report.run.ended", [](const RunRecord& r) { return duration(r.ended.seconds()); });
  add_row("report.run.hash", [](const RunRecord& r) { return r.hash.hex(); });
  add_row("report.run.mass_error", [](const RunRecord& r) { return fmt::format("{:.1e}", r.mass_error()); });
  add_row("report.run.threads", [](const RunRecord& r) { return std::to_string(r.machine.threads); });
  add_row("report.run.wall", [](const RunRecord& r) { return number(r.machine.wall_s, 1) + " s"; });
  add_row("report.run.load", [](const RunRecord& r) { return number(r.machine.load_s, 1) + " s"; });
  add_row("report.run.cpu", [](const RunRecord& r) { return number(r.machine.cpu_s, 1) + " s"; });
  add_row("report.run.memory", [](const RunRecord& r) { return number(r.machine.peak_rss_mb) + " MB"; });
  return render(table);
}

std::string balance_tables(const View& view) {
  using Kind = Column::Kind;
  std::string out;
  for (const Balance& b : view.run.record.balances) {
    Table table{text("report.table.balance", {{"domain", text("report.domain." + b.domain)},
                                              {"unit", b.unit == "m3" ? "m³" : b.unit}}),
                {{""}, {text("report.col.in"), Kind::number}, {text("report.col.out"), Kind::number}},
                {},
                text("report.table.balance_note", {{"error", fmt::format("{:.1e}", b.error())}})};
    for (const auto& part : b.parts) {
      const std::string code = "report.balance." + part.name;
      if (std::abs(part.in) >= 0.5 || std::abs(part.out) >= 0.5)
        table.rows.push_back({has_text(code) ? text(code) : part.name, number(part.in), number(part.out)});
    }
    table.rows.push_back({text("report.balance.initial"), number(b.initial), ""});
    table.rows.push_back({text("report.balance.storage"), "", number(b.storage)});
    table.rows.push_back({text("report.total"), number(b.initial + b.in), number(b.out + b.storage)});
    out += render(table);
  }
  return out;
}

}  // namespace

std::string run_section(const View& view) {
  constexpr std::size_t kLongest = 160;  // of a value; the manifest file has it whole
  std::vector<std::pair<std::string, std::string>> items;
  for (const auto& [key, value] : view.manifest) {
    if (key.starts_with("parameters.") || key.starts_with("hash_trace")) continue;  // above, and in the file
    items.emplace_back(key, value.size() > kLongest ? value.substr(0, kLongest) + " …" : value);
  }
  std::string out = heading(view, text("report.run.title")) + run_table(view) + balance_tables(view);
  if (!items.empty())
    out += element("h3", escape(text("report.run.manifest"))) + definitions(items, true) +
           paragraph(text("report.run.manifest_note"), "footnote");
  return element("section", out);
}

}  // namespace citytwin::scenarios::report
