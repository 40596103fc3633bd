"""Sources that are asked and not loaded: a question goes out over HTTP, a checked record comes back.

>>> from storage.feeds.mapping import row_of, shipped_mapping
>>> person = {"SoDinhDanh": "001199012345", "HoVaTen": {"Ho": "Nguyễn", "ChuDem": "Thị", "Ten": "Mẫu"}}
>>> row_of(person, shipped_mapping("population").values)
{'personal_number': '001199012345', 'full_name': 'Nguyễn Thị Mẫu'}
"""
