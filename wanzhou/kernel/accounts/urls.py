"""The door of the administration: these stand before Django's own pages of the same addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("login/", views.sign_in, name="sign-in"),
    path("login/code/", views.second_step, name="second-step"),
    path("password_change/", views.change_password, name="change-password"),
    path("second-factor/", views.own_second_factor, name="second-factor"),
]
