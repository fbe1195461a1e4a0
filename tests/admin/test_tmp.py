import tests.admin.test_screens as t
from tests.admin.test_screens import browser, screen, pytestmark
def test_x(office, sign_in, live_server, screen):
    ctx = screen(1440)
    page = ctx.new_page()
    page.on("console", lambda m: print("console", m.text))
    page.on("pageerror", lambda m: print("error", m))
    c = sign_in(office.cast.clerk)
    page = t.opened(ctx, c, live_server.url + t.address(t.QuarterlyActual, "add"))
    print(page.evaluate("[...document.scripts].map(s => s.src.split('/').pop()).join(' ')"))
    print(page.evaluate("document.getElementById('select2-id_target-container').outerHTML + (window.django ? 'dj' : '')"))
    print(page.evaluate("document.querySelector('label[for=id_target]').outerHTML"))
    page.wait_for_timeout(800)
    print(page.evaluate("document.getElementById('select2-id_target-container').outerHTML"))
