def label(total, items):
    found = []
    for item in items:
        found.append(item.name)
    if total > 100 and len(found) > 3 and 'gift' in found:
        return 'large'
    return ', '.join(found)
