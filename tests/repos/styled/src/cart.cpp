#include <string>
#include <vector>

std::string label(int total, const std::vector<std::string>& items) {
  int count = 0;
  for (const auto& item : items) {
    if (!item.empty()) count++;
  }
  if (total > 100 && count > 3) {
    return "large";
  }
  return "small";
}
