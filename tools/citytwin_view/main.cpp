// citytwin_view: a city, and the water of a finished run, in a window.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "scenarios/core/run_files.hpp"
#include "scenarios/core/text.hpp"
#include "viz/app/view.hpp"

using namespace citytwin;

namespace {

int fail(const Diagnostics& diagnostics) {
  for (const Diagnostic& d : diagnostics.items()) fmt::print(stderr, "{}\n", scenarios::sentence(d));
  return 2;
}

// The highest water, without what is always there.
Grid<float> flood_of(const RunRecord& record) {
  const ObservedGrid* depth = record.grid("surface_water.max_depth");
  if (depth == nullptr) return {};
  Grid<float> flood = depth->grid;
  const ObservedGrid* always = record.grid("surface_water.permanent_water");
  if (always != nullptr && always->grid.spec == flood.spec)
    for (std::size_t k = 0; k < flood.values.size(); ++k)
      if (always->grid.values[k] > 0) flood.values[k] = kNoData;
  return flood;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"CityTwin in a window: the city of a run and its highest water"};
  std::string run;
  std::string picture;
  viz::ViewOptions options;
  app.add_option("run", run, "output folder of a run")->required();
  app.add_option("--picture", picture, "draw one PNG instead of opening a window");
  app.add_option("--width", options.width, "pixels")->check(CLI::Range(200, 8000));
  app.add_option("--height", options.height, "pixels")->check(CLI::Range(200, 8000));
  CLI11_PARSE(app, argc, argv);
  options.picture = picture;
  const auto folder = scenarios::load_run_folder(run, {});
  if (!folder.ok()) return fail(folder.diagnostics());
  options.water_depth = flood_of(folder->run.record);
  const auto shown = viz::view_city(*folder->run.model, options);
  return shown.ok() ? 0 : fail(shown.diagnostics());
}
