"""The reviewer's own pages: one held thing at a time, and only as much as is bearable."""
