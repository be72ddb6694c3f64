// Keys that files repeat, made unique without losing what they were.
#pragma once

#include <map>
#include <string>

namespace citytwin::gis {

// Gives keys as they come, each once; a key seen before gets "~2", "~3" ... and `repeated` says so.
class UniqueKeys {
 public:
  std::string unique(const std::string& key, bool& repeated) {
    int& count = seen_[key];
    repeated = ++count > 1;
    if (!repeated) return key;
    std::string fresh;
    do {
      fresh = key;
      fresh.append("~").append(std::to_string(count++));
    } while (seen_.count(fresh) > 0);
    seen_[fresh] = 1;
    return fresh;
  }

 private:
  std::map<std::string, int> seen_;
};

}  // namespace citytwin::gis
