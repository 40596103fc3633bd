"""The pages of the three users: a view in, HTML out; nothing here knows a request, a session or a record.

>>> from api.web.language import Bilingual, Language
>>> from api.web.rendering import render
>>> from api.web.views import CitizenLookup, Shell
>>> agency = Bilingual("UBND xã Bình Sơn", "People's Committee of Bình Sơn")
>>> shell = Shell("/tra-cuu", agency, "0204 3555 123", csrf="t0k3n", language=Language.EN)
>>> page = render(shell, CitizenLookup())
>>> "<title>Look up your papers – People&#39;s Committee of Bình Sơn</title>" in page
True
"""
