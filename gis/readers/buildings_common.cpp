#include "gis/readers/buildings_common.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <string_view>

#include "gis/readers/citygml.hpp"
#include "gis/readers/cityjson.hpp"
#include "gis/readers/vector.hpp"

namespace citytwin::gis {

namespace {

struct UseWord {
  std::string_view word;
  BuildingUse use;
};

using enum BuildingUse;

// Whole words: OSM building=* values (https://wiki.openstreetmap.org/wiki/Key:building), INSPIRE currentUse.
constexpr auto kWholeWords = std::to_array<UseWord>({
    {"apartments", residential},
    {"barracks", residential},
    {"bungalow", residential},
    {"cabin", residential},
    {"detached", residential},
    {"dormitory", residential},
    {"farm", residential},
    {"house", residential},
    {"houseboat", residential},
    {"residential", residential},
    {"semidetached_house", residential},
    {"static_caravan", residential},
    {"terrace", residential},
    {"villa", residential},
    {"ger", residential},
    {"individualresidence", residential},
    {"collectiveresidence", residential},
    {"tworesidences", residential},
    {"morethantworesidences", residential},
    {"residencesforcommunities", residential},
    {"mixed", residential},
    {"commercial", commercial},
    {"kiosk", commercial},
    {"office", commercial},
    {"retail", commercial},
    {"supermarket", commercial},
    {"shop", commercial},
    {"hotel", commercial},
    {"restaurant", commercial},
    {"bank", commercial},
    {"mall", commercial},
    {"trade", commercial},
    {"commerceandservices", commercial},
    {"industrial", industrial},
    {"warehouse", industrial},
    {"factory", industrial},
    {"manufacture", industrial},
    {"works", industrial},
    {"hangar", industrial},
    {"service", industrial},
    {"storage_tank", industrial},
    {"digester", industrial},
    {"silo", industrial},
    {"transformer_tower", industrial},
    {"water_tower", industrial},
    {"public", public_service},
    {"civic", public_service},
    {"government", public_service},
    {"fire_station", public_service},
    {"police", public_service},
    {"church", public_service},
    {"chapel", public_service},
    {"cathedral", public_service},
    {"mosque", public_service},
    {"synagogue", public_service},
    {"temple", public_service},
    {"shrine", public_service},
    {"monastery", public_service},
    {"religious", public_service},
    {"train_station", public_service},
    {"transportation", public_service},
    {"museum", public_service},
    {"library", public_service},
    {"townhall", public_service},
    {"stadium", public_service},
    {"grandstand", public_service},
    {"sports_hall", public_service},
    {"sports_centre", public_service},
    {"publicservices", public_service},
    {"hospital", health},
    {"clinic", health},
    {"nursing_home", health},
    {"school", education},
    {"kindergarten", education},
    {"college", education},
    {"university", education},
    {"barn", agricultural},
    {"cowshed", agricultural},
    {"farm_auxiliary", agricultural},
    {"greenhouse", agricultural},
    {"slurry_tank", agricultural},
    {"stable", agricultural},
    {"sty", agricultural},
    {"agricultural", agricultural},
    {"agriculture", agricultural},
    {"livestock", agricultural},
    {"allotment_house", ancillary},
    {"boathouse", ancillary},
    {"bunker", ancillary},
    {"carport", ancillary},
    {"container", ancillary},
    {"garage", ancillary},
    {"garages", ancillary},
    {"garbage_shed", ancillary},
    {"guardhouse", ancillary},
    {"hut", ancillary},
    {"outbuilding", ancillary},
    {"parking", ancillary},
    {"pavilion", ancillary},
    {"roof", ancillary},
    {"ruins", ancillary},
    {"shed", ancillary},
    {"toilets", ancillary},
    {"ancillary", ancillary},
});

// Pieces of German words in cadastre texts; the first that occurs decides, so the special come first.
constexpr auto kPieces = std::to_array<UseWord>({
    {"garage", ancillary},
    {"gartenhaus", ancillary},
    {"schuppen", ancillary},
    {"carport", ancillary},
    {"parkhaus", ancillary},
    {"untergeordnet", ancillary},
    {"kleines gebaeude", ancillary},
    {"krankenhaus", health},
    {"klinik", health},
    {"gesundheit", health},
    {"hospital", health},
    {"schule", education},
    {"kindergarten", education},
    {"universit", education},
    {"school", education},
    {"verwaltung", public_service},
    {"kirche", public_service},
    {"feuerwehr", public_service},
    {"polizei", public_service},
    {"rathaus", public_service},
    {"kultur", public_service},
    {"verkehrsanlage", public_service},
    {"museum", public_service},
    {"oeffentlich", public_service},
    {"landwirtschaft", agricultural},
    {"scheune", agricultural},
    {"stall", agricultural},
    {"industrie", industrial},
    {"lagerhalle", industrial},
    {"fabrik", industrial},
    {"werkstatt", industrial},
    {"wohn", residential},
    {"einzelhaus", residential},
    {"doppelhaus", residential},
    {"reihenhaus", residential},
    {"gruppenhaus", residential},
    {"mehrfamilien", residential},
    {"einfamilien", residential},
    {"apartment", residential},
    {"residential", residential},
    {"dwelling", residential},
    {"gewerbe", commercial},
    {"handel", commercial},
    {"dienstleistung", commercial},
    {"geschaeft", commercial},
    {"buero", commercial},
    {"office", commercial},
    {"commercial", commercial},
    {"retail", commercial},
    {"hotel", commercial},
});

// ALKIS AX_Gebaeudefunktion, written "31001_2463" in German CityGML.
std::optional<BuildingUse> use_from_alkis(int code) {
  if (code >= 1000 && code < 2000) return residential;
  if (code >= 2460 && code < 2470) return ancillary;
  if (code >= 2100 && code < 2300) return industrial;
  if (code >= 2500 && code < 2700) return industrial;
  if (code >= 2700 && code < 2800) return agricultural;
  if (code >= 2000 && code < 3000) return commercial;
  if (code >= 3020 && code < 3030) return education;
  if (code == 3065) return education;
  if (code >= 3050 && code < 3060) return health;
  if (code >= 3000 && code < 4000) return public_service;
  return std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::string first_bytes(const std::filesystem::path& file, std::size_t n) {
  std::string head(n, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(n));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return head;
}

}  // namespace

std::optional<BuildingUse> use_from_text(const std::string& text) {
  const std::string word = lower(trimmed(text));
  if (word.empty()) return std::nullopt;
  for (const auto& entry : kWholeWords)
    if (word == entry.word) return entry.use;
  if (constexpr std::string_view kAlkis = "31001_"; word.rfind(kAlkis, 0) == 0) {
    int code = 0;
    std::from_chars(word.data() + kAlkis.size(), word.data() + word.size(), code);
    return use_from_alkis(code);
  }
  for (const auto& entry : kPieces)
    if (word.find(entry.word) != std::string::npos) return entry.use;
  return std::nullopt;
}

std::optional<double> metres_from_text(const std::string& text) {
  std::string word = lower(trimmed(text));
  std::replace(word.begin(), word.end(), ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || !std::isfinite(value) || value < 0) return std::nullopt;
  const std::string unit =
      trimmed(std::string_view(end, static_cast<std::size_t>(word.data() + word.size() - end)));
  constexpr double kFoot = 0.3048;
  if (unit.empty() || unit == "m" || unit == "metre" || unit == "metres" || unit == "meter" ||
      unit == "meters")
    return value;
  if (unit == "ft" || unit == "feet" || unit == "'") return value * kFoot;
  return std::nullopt;
}

Result<BuildingsRead> read_buildings(const BuildingSource& source, const RunContext& context) {
  const std::string head = first_bytes(source.file, 512);
  const auto start = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool xml = start != std::string::npos && head[start] == '<';
  const std::string extension = lower(source.file.extension().string());
  if (xml || extension == ".gml") return read_citygml(source, context);
  const bool zip = head.rfind("PK\x03\x04", 0) == 0;
  if (zip || head.find("\"CityJSON\"") != std::string::npos) return read_cityjson(source, context);
  if (extension == ".json" && lower(source.file.filename().string()).find(".city.json") != std::string::npos)
    return read_cityjson(source, context);
  // A CityJSON file may name its type late: look for it where a GeoJSON would say FeatureCollection.
  if (extension == ".json" && head.find("FeatureCollection") == std::string::npos &&
      first_bytes(source.file, 1U << 20U).find("\"CityObjects\"") != std::string::npos)
    return read_cityjson(source, context);
  return read_vector_buildings(source, context);
}

}  // namespace citytwin::gis
