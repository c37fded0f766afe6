package shop;

class Cart {
  String label(int total, java.util.List<String> items) {
    int count = 0;
    for (String item : items) {
      if (!item.isEmpty()) {
        count++;
      }
    }
    if (total > 100 && count > 3) {
      return "large";
    }
    return "small";
  }
}
