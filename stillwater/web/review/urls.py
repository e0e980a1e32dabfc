"""Addresses of the reviewer's own pages."""

from django.urls import URLPattern, path

from stillwater.web.review import coming_in, letters, looking, views

urlpatterns: list[URLPattern] = [
    path("r/i/<str:untrusted_token>", coming_in.invited, name="invited"),
    path("r/i", coming_in.accept, name="review_accept"),
    path("r/in", coming_in.sign_in, name="review_in"),
    path("r/", views.review, name="review"),
    path("r/l", views.limits, name="review_limits"),
    path("r/p", letters.letter, name="review_letter"),
    path("r/p/<str:untrusted_form>", letters.seal, name="review_seal"),
    path("r/z", views.rest, name="review_rest"),
    path("r/x/<str:untrusted_id>/open", looking.open_it, name="review_open"),
    path("r/x/<str:untrusted_id>", looking.look, name="review_item"),
    path("r/x/<str:untrusted_id>/on", looking.hand_on, name="review_hand_on"),
    path("r/x/<str:untrusted_id>/p/<int:number>", looking.blurred, name="review_blurred"),
    path("r/x/<str:untrusted_id>/s/<int:number>", looking.see, name="review_see"),
    path("r/x/<str:untrusted_id>/c/<int:number>", looking.clear, name="review_clear"),
    path("r/x/<str:untrusted_id>/f/<int:number>", looking.file, name="review_file"),
]
