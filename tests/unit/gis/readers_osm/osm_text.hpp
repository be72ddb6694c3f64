// Small OSM files written by tests.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace citytwin::test {

// A file that is gone when the test is over.
class TempFile {
 public:
  TempFile(const std::string& name, const std::string& content)
      : path_(std::filesystem::temp_directory_path() /
              ("citytwin_" + std::to_string(::getpid()) + "_" + name)) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TempFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

using Tags = std::vector<std::pair<std::string, std::string>>;

class OsmText {
 public:
  // A place on a small map: 0.001 degree (about 111 m) per step from 9 E, 45 N.
  OsmText& node(long id, double column, double row, const Tags& tags = {}) {
    return at(id, 9.0 + 0.001 * column, 45.0 + 0.001 * row, tags);
  }
  OsmText& at(long id, double lon, double lat, const Tags& tags = {}) {
    body_ += "<node id=\"" + std::to_string(id) + "\" lat=\"" + std::to_string(lat) + "\" lon=\"" +
             std::to_string(lon) + "\">" + text_of(tags) + "</node>\n";
    return *this;
  }
  OsmText& way(long id, const std::vector<long>& nodes, const Tags& tags) {
    body_ += "<way id=\"" + std::to_string(id) + "\">";
    for (const long n : nodes) body_ += "<nd ref=\"" + std::to_string(n) + "\"/>";
    body_ += text_of(tags) + "</way>\n";
    return *this;
  }
  struct Member {
    std::string type;
    long ref;
    std::string role;
  };
  OsmText& relation(long id, const std::vector<Member>& members, const Tags& tags) {
    body_ += "<relation id=\"" + std::to_string(id) + "\">";
    for (const Member& m : members)
      body_ +=
          "<member type=\"" + m.type + "\" ref=\"" + std::to_string(m.ref) + "\" role=\"" + m.role + "\"/>";
    body_ += text_of(tags) + "</relation>\n";
    return *this;
  }
  OsmText& bounds(double west, double south, double east, double north) {
    bounds_ = "<bounds minlat=\"" + std::to_string(45.0 + 0.001 * south) + "\" minlon=\"" +
              std::to_string(9.0 + 0.001 * west) + "\" maxlat=\"" + std::to_string(45.0 + 0.001 * north) +
              "\" maxlon=\"" + std::to_string(9.0 + 0.001 * east) + "\"/>\n";
    return *this;
  }
  [[nodiscard]] std::string xml() const {
    return "<?xml version=\"1.0\"?>\n<osm version=\"0.6\">\n" + bounds_ + body_ + "</osm>\n";
  }

 private:
  static std::string text_of(const Tags& tags) {
    std::string text;
    for (const auto& [key, value] : tags) text += "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
    return text;
  }
  std::string bounds_, body_;
};

}  // namespace citytwin::test
